// Package fnv has the FNV-1 and FNV-1a hashes, which are simple and not for security.
package fnv

import (
	"errors"
	"hash"
	"math/bits"
)

const (
	offset32   = 2166136261
	prime32    = 16777619
	offset64   = 14695981039346656037
	prime64    = 1099511628211
	offset128h = 0x6c62272e07bb0142
	offset128l = 0x62b821756295c58d
	prime128l  = 0x13b
	prime128s  = 24 // the prime is 1<<(64+24) + 0x13b
)

type (
	sum32   uint32
	sum32a  uint32
	sum64   uint64
	sum64a  uint64
	sum128  [2]uint64
	sum128a [2]uint64
)

// Native: multiply and xor, in this order or the other.
func update32(h uint32, p []byte, first bool) uint32
func update64(h uint64, p []byte, first bool) uint64

func update128(h *[2]uint64, p []byte, first bool) {
	for _, c := range p {
		if first {
			h[1] ^= uint64(c)
		}
		hi, lo := bits.Mul64(prime128l, h[1])
		h[0] = hi + h[1]<<prime128s + prime128l*h[0]
		if h[1] = lo; !first {
			h[1] ^= uint64(c)
		}
	}
}

func put(b []byte, v uint64, size int) []byte {
	for shift := 8*size - 8; shift >= 0; shift -= 8 {
		b = append(b, byte(v>>shift))
	}
	return b
}

func unmarshal(b []byte, magic byte, size int) (rest []byte, err error) {
	if len(b) < 4 || string(b[:3]) != "fnv" || b[3] != magic {
		return nil, errors.New("hash/fnv: invalid hash state identifier")
	}
	if len(b) != 4+size {
		return nil, errors.New("hash/fnv: invalid hash state size")
	}
	return b[4:], nil
}

func get(b []byte) (v uint64) {
	for _, c := range b {
		v = v<<8 | uint64(c)
	}
	return v
}

// New32 returns a running hash of 32 bits, FNV-1.
func New32() hash.Hash32 { return new(sum32(offset32)) }

func (s *sum32) Reset()                                { *s = offset32 }
func (s *sum32) Size() int                             { return 4 }
func (s *sum32) BlockSize() int                        { return 1 }
func (s *sum32) Clone() (hash.Cloner, error)           { return new(*s), nil }
func (s *sum32) MarshalBinary() ([]byte, error)        { return s.AppendBinary(nil) }
func (s *sum32) AppendBinary(b []byte) ([]byte, error) { return s.Sum(append(b, "fnv\x01"...)), nil }
func (s *sum32) Sum32() uint32                         { return uint32(*s) }
func (s *sum32) Sum(b []byte) []byte                   { return put(b, uint64(*s), 4) }

func (s *sum32) Write(p []byte) (int, error) {
	*s = sum32(update32(uint32(*s), p, false))
	return len(p), nil
}

func (s *sum32) UnmarshalBinary(b []byte) error {
	rest, err := unmarshal(b, 1, 4)
	if err == nil {
		*s = sum32(get(rest))
	}
	return err
}

// New32a returns a running hash of 32 bits, FNV-1a.
func New32a() hash.Hash32 { return new(sum32a(offset32)) }

func (s *sum32a) Reset()                                { *s = offset32 }
func (s *sum32a) Size() int                             { return 4 }
func (s *sum32a) BlockSize() int                        { return 1 }
func (s *sum32a) Clone() (hash.Cloner, error)           { return new(*s), nil }
func (s *sum32a) MarshalBinary() ([]byte, error)        { return s.AppendBinary(nil) }
func (s *sum32a) AppendBinary(b []byte) ([]byte, error) { return s.Sum(append(b, "fnv\x02"...)), nil }
func (s *sum32a) Sum32() uint32                         { return uint32(*s) }
func (s *sum32a) Sum(b []byte) []byte                   { return put(b, uint64(*s), 4) }

func (s *sum32a) Write(p []byte) (int, error) {
	*s = sum32a(update32(uint32(*s), p, true))
	return len(p), nil
}

func (s *sum32a) UnmarshalBinary(b []byte) error {
	rest, err := unmarshal(b, 2, 4)
	if err == nil {
		*s = sum32a(get(rest))
	}
	return err
}

// New64 returns a running hash of 64 bits, FNV-1.
func New64() hash.Hash64 { return new(sum64(offset64)) }

func (s *sum64) Reset()                                { *s = offset64 }
func (s *sum64) Size() int                             { return 8 }
func (s *sum64) BlockSize() int                        { return 1 }
func (s *sum64) Clone() (hash.Cloner, error)           { return new(*s), nil }
func (s *sum64) MarshalBinary() ([]byte, error)        { return s.AppendBinary(nil) }
func (s *sum64) AppendBinary(b []byte) ([]byte, error) { return s.Sum(append(b, "fnv\x03"...)), nil }
func (s *sum64) Sum64() uint64                         { return uint64(*s) }
func (s *sum64) Sum(b []byte) []byte                   { return put(b, uint64(*s), 8) }

func (s *sum64) Write(p []byte) (int, error) {
	*s = sum64(update64(uint64(*s), p, false))
	return len(p), nil
}

func (s *sum64) UnmarshalBinary(b []byte) error {
	rest, err := unmarshal(b, 3, 8)
	if err == nil {
		*s = sum64(get(rest))
	}
	return err
}

// New64a returns a running hash of 64 bits, FNV-1a.
func New64a() hash.Hash64 { return new(sum64a(offset64)) }

func (s *sum64a) Reset()                                { *s = offset64 }
func (s *sum64a) Size() int                             { return 8 }
func (s *sum64a) BlockSize() int                        { return 1 }
func (s *sum64a) Clone() (hash.Cloner, error)           { return new(*s), nil }
func (s *sum64a) MarshalBinary() ([]byte, error)        { return s.AppendBinary(nil) }
func (s *sum64a) AppendBinary(b []byte) ([]byte, error) { return s.Sum(append(b, "fnv\x04"...)), nil }
func (s *sum64a) Sum64() uint64                         { return uint64(*s) }
func (s *sum64a) Sum(b []byte) []byte                   { return put(b, uint64(*s), 8) }

func (s *sum64a) Write(p []byte) (int, error) {
	*s = sum64a(update64(uint64(*s), p, true))
	return len(p), nil
}

func (s *sum64a) UnmarshalBinary(b []byte) error {
	rest, err := unmarshal(b, 4, 8)
	if err == nil {
		*s = sum64a(get(rest))
	}
	return err
}

// New128 returns a running hash of 128 bits, FNV-1.
func New128() hash.Hash { return new(sum128{offset128h, offset128l}) }

func (s *sum128) Reset()                                { *s = sum128{offset128h, offset128l} }
func (s *sum128) Size() int                             { return 16 }
func (s *sum128) BlockSize() int                        { return 1 }
func (s *sum128) Clone() (hash.Cloner, error)           { return new(*s), nil }
func (s *sum128) MarshalBinary() ([]byte, error)        { return s.AppendBinary(nil) }
func (s *sum128) AppendBinary(b []byte) ([]byte, error) { return s.Sum(append(b, "fnv\x05"...)), nil }
func (s *sum128) Sum(b []byte) []byte                   { return put(put(b, s[0], 8), s[1], 8) }

func (s *sum128) Write(p []byte) (int, error) {
	update128((*[2]uint64)(s), p, false)
	return len(p), nil
}

func (s *sum128) UnmarshalBinary(b []byte) error {
	rest, err := unmarshal(b, 5, 16)
	if err == nil {
		*s = sum128{get(rest[:8]), get(rest[8:])}
	}
	return err
}

// New128a returns a running hash of 128 bits, FNV-1a.
func New128a() hash.Hash { return new(sum128a{offset128h, offset128l}) }

func (s *sum128a) Reset()                                { *s = sum128a{offset128h, offset128l} }
func (s *sum128a) Size() int                             { return 16 }
func (s *sum128a) BlockSize() int                        { return 1 }
func (s *sum128a) Clone() (hash.Cloner, error)           { return new(*s), nil }
func (s *sum128a) MarshalBinary() ([]byte, error)        { return s.AppendBinary(nil) }
func (s *sum128a) AppendBinary(b []byte) ([]byte, error) { return s.Sum(append(b, "fnv\x06"...)), nil }
func (s *sum128a) Sum(b []byte) []byte                   { return put(put(b, s[0], 8), s[1], 8) }

func (s *sum128a) Write(p []byte) (int, error) {
	update128((*[2]uint64)(s), p, true)
	return len(p), nil
}

func (s *sum128a) UnmarshalBinary(b []byte) error {
	rest, err := unmarshal(b, 6, 16)
	if err == nil {
		*s = sum128a{get(rest[:8]), get(rest[8:])}
	}
	return err
}
