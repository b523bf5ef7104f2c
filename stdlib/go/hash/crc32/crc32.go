// Package crc32 has cyclic redundancy checks of 32 bits. Polynomials are written with the lowest power in the highest bit.
package crc32

import (
	"errors"
	"hash"
)

// Size is a checksum's size.
const Size = 4

const (
	IEEE       = 0xedb88320
	Castagnoli = 0x82f63b78
	Koopman    = 0xeb31d82e
)

// Table is what a byte does to the checksum.
type Table [256]uint32

// IEEETable is the table of IEEE.
var IEEETable = newTable(IEEE)

var castagnoli *Table

func newTable(poly uint32) *Table {
	t := new(Table)
	for i := range t {
		c := uint32(i)
		for range 8 {
			c = c>>1 ^ poly*(c&1)
		}
		t[i] = c
	}
	return t
}

// MakeTable returns the table of a polynomial.
func MakeTable(poly uint32) *Table {
	switch poly {
	case IEEE:
		return IEEETable
	case Castagnoli:
		if castagnoli == nil {
			castagnoli = newTable(poly)
		}
		return castagnoli
	}
	return newTable(poly)
}

// Native.
func update(crc uint32, tab *Table, p []byte) uint32

// Update adds p to a checksum.
func Update(crc uint32, tab *Table, p []byte) uint32 { return update(crc, tab, p) }

// Checksum returns the checksum of data.
func Checksum(data []byte, tab *Table) uint32 { return update(0, tab, data) }

// ChecksumIEEE returns the checksum of data with IEEE.
func ChecksumIEEE(data []byte) uint32 { return update(0, IEEETable, data) }

type digest struct {
	crc uint32
	tab *Table
}

// New returns a running checksum.
func New(tab *Table) hash.Hash32 { return &digest{0, tab} }

// NewIEEE returns a running checksum with IEEE.
func NewIEEE() hash.Hash32 { return New(IEEETable) }

func (d *digest) Size() int      { return Size }
func (d *digest) BlockSize() int { return 1 }
func (d *digest) Reset()         { d.crc = 0 }
func (d *digest) Sum32() uint32  { return d.crc }

func (d *digest) Write(p []byte) (n int, err error) {
	d.crc = update(d.crc, d.tab, p)
	return len(p), nil
}

func put(b []byte, s uint32) []byte {
	return append(b, byte(s>>24), byte(s>>16), byte(s>>8), byte(s))
}

func (d *digest) Sum(b []byte) []byte { return put(b, d.crc) }

func (d *digest) Clone() (hash.Cloner, error) { return new(*d), nil }

const magic = "crc\x01"

// mark tells tables apart.
func (d *digest) mark() (sum uint32) {
	var b []byte
	for _, w := range d.tab {
		b = put(b, w)
	}
	return ChecksumIEEE(b)
}

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	return put(put(append(b, magic...), d.mark()), d.crc), nil
}

func (d *digest) MarshalBinary() ([]byte, error) { return d.AppendBinary(nil) }

func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return errors.New("hash/crc32: invalid hash state identifier")
	}
	if len(b) != len(magic)+8 {
		return errors.New("hash/crc32: invalid hash state size")
	}
	word := func(b []byte) uint32 {
		return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
	}
	if word(b[4:]) != d.mark() {
		return errors.New("hash/crc32: tables do not match")
	}
	d.crc = word(b[8:])
	return nil
}
