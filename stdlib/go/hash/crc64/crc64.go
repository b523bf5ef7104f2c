// Package crc64 has cyclic redundancy checks of 64 bits. Polynomials are written with the lowest power in the highest bit.
package crc64

import (
	"errors"
	"hash"
)

// Size is a checksum's size.
const Size = 8

const (
	ISO  = 0xD800000000000000
	ECMA = 0xC96C5795D7870F42
)

// Table is what a byte does to the checksum.
type Table [256]uint64

var iso, ecma *Table

func newTable(poly uint64) *Table {
	t := new(Table)
	for i := range t {
		c := uint64(i)
		for range 8 {
			c = c>>1 ^ poly*(c&1)
		}
		t[i] = c
	}
	return t
}

// MakeTable returns the table of a polynomial.
func MakeTable(poly uint64) *Table {
	known := &iso
	switch poly {
	case ISO:
	case ECMA:
		known = &ecma
	default:
		return newTable(poly)
	}
	if *known == nil {
		*known = newTable(poly)
	}
	return *known
}

// Native.
func update(crc uint64, tab *Table, p []byte) uint64

// Update adds p to a checksum.
func Update(crc uint64, tab *Table, p []byte) uint64 { return update(crc, tab, p) }

// Checksum returns the checksum of data.
func Checksum(data []byte, tab *Table) uint64 { return update(0, tab, data) }

type digest struct {
	crc uint64
	tab *Table
}

// New returns a running checksum.
func New(tab *Table) hash.Hash64 { return &digest{0, tab} }

func (d *digest) Size() int      { return Size }
func (d *digest) BlockSize() int { return 1 }
func (d *digest) Reset()         { d.crc = 0 }
func (d *digest) Sum64() uint64  { return d.crc }

func (d *digest) Write(p []byte) (n int, err error) {
	d.crc = update(d.crc, d.tab, p)
	return len(p), nil
}

func put(b []byte, s uint64) []byte {
	for shift := 56; shift >= 0; shift -= 8 {
		b = append(b, byte(s>>shift))
	}
	return b
}

func (d *digest) Sum(b []byte) []byte { return put(b, d.crc) }

func (d *digest) Clone() (hash.Cloner, error) { return new(*d), nil }

const magic = "crc\x02"

// mark tells tables apart.
func (d *digest) mark() (sum uint64) {
	var b []byte
	for _, w := range d.tab {
		b = put(b, w)
	}
	return Checksum(b, MakeTable(ISO))
}

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	return put(put(append(b, magic...), d.mark()), d.crc), nil
}

func (d *digest) MarshalBinary() ([]byte, error) { return d.AppendBinary(nil) }

func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return errors.New("hash/crc64: invalid hash state identifier")
	}
	if len(b) != len(magic)+16 {
		return errors.New("hash/crc64: invalid hash state size")
	}
	word := func(b []byte) uint64 {
		v := uint64(0)
		for _, c := range b[:8] {
			v = v<<8 | uint64(c)
		}
		return v
	}
	if word(b[4:]) != d.mark() {
		return errors.New("hash/crc64: tables do not match")
	}
	d.crc = word(b[12:])
	return nil
}
