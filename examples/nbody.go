// Nbody integrates the orbits of the outer planets and watches the energy.
package main

import (
	"fmt"
	"math"
)

type vec struct{ x, y, z float64 }

func (a vec) add(b vec) vec       { return vec{a.x + b.x, a.y + b.y, a.z + b.z} }
func (a vec) sub(b vec) vec       { return vec{a.x - b.x, a.y - b.y, a.z - b.z} }
func (a vec) scale(f float64) vec { return vec{a.x * f, a.y * f, a.z * f} }
func (a vec) dot(b vec) float64   { return a.x*b.x + a.y*b.y + a.z*b.z }
func (a vec) String() string      { return fmt.Sprintf("(%.4f, %.4f, %.4f)", a.x, a.y, a.z) }

type body struct {
	name     string
	pos, vel vec
	mass     float64
}

const (
	solarMass = 4 * math.Pi * math.Pi
	year      = 365.24
)

type system []*body

func (s system) settle() {
	var momentum vec
	for _, b := range s {
		momentum = momentum.add(b.vel.scale(b.mass))
	}
	s[0].vel = momentum.scale(-1 / solarMass)
}

func (s system) energy() float64 {
	e := 0.0
	for i, b := range s {
		e += 0.5 * b.mass * b.vel.dot(b.vel)
		for _, c := range s[i+1:] {
			d := b.pos.sub(c.pos)
			e -= b.mass * c.mass / math.Sqrt(d.dot(d))
		}
	}
	return e
}

func (s system) step(dt float64) {
	for i, b := range s {
		for _, c := range s[i+1:] {
			d := b.pos.sub(c.pos)
			dist := math.Sqrt(d.dot(d))
			mag := dt / (dist * dist * dist)
			b.vel = b.vel.sub(d.scale(c.mass * mag))
			c.vel = c.vel.add(d.scale(b.mass * mag))
		}
	}
	for _, b := range s {
		b.pos = b.pos.add(b.vel.scale(dt))
	}
}

func main() {
	s := system{
		{name: "sun", mass: solarMass},
		{"jupiter", vec{4.84143144246472090e+00, -1.16032004402742839e+00, -1.03622044471123109e-01},
			vec{1.66007664274403694e-03 * year, 7.69901118419740425e-03 * year, -6.90460016972063023e-05 * year}, 9.54791938424326609e-04 * solarMass},
		{"saturn", vec{8.34336671824457987e+00, 4.12479856412430479e+00, -4.03523417114321381e-01},
			vec{-2.76742510726411310e-03 * year, 4.99852801234917238e-03 * year, 2.30417297573763929e-05 * year}, 2.85885980666130812e-04 * solarMass},
	}
	s.settle()
	before := s.energy()
	for range 2000 {
		s.step(0.01)
	}
	after := s.energy()
	for _, b := range s {
		fmt.Printf("%-8s %v\n", b.name, b.pos)
	}
	fmt.Printf("energy %.9f -> %.9f\n", before, after)
	if math.Abs(after-before) > 1e-5 {
		fmt.Println("energy drifted")
	}
}

// Output:
// sun      (0.0100, 0.0070, -0.0003)
// jupiter  (-3.4322, -4.1980, 0.0941)
// saturn   (0.8451, -10.0622, 0.1412)
// energy -0.165983647 -> -0.165979987
