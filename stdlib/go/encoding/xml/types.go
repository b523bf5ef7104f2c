package xml

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// A typeInfo is what the tags of a struct say.
type typeInfo struct {
	xmlname *field
	fields  []field
}

// A field is a field of a struct, perhaps in one that is embedded.
type field struct {
	index   []int
	name    string
	space   string
	mode    mode
	omit    bool
	parents []string // elements around it
}

// A mode says what a field is in the XML.
type mode int

const (
	asElement mode = 1 << iota
	asAttr
	asCDATA
	asCharData
	asInnerXML
	asComment
	asAny
)

var (
	types    sync.Map
	nameType = reflect.TypeFor[Name]()
	attrType = reflect.TypeFor[Attr]()
)

const xmlName = "XMLName"

func infoOf(t reflect.Type) (*typeInfo, error) {
	if info, ok := types.Load(t); ok {
		return info.(*typeInfo), nil
	}
	info := &typeInfo{}
	if t.Kind() == reflect.Struct && t != nameType {
		for i := range t.NumField() {
			sf := t.Field(i)
			if !sf.IsExported() && !sf.Anonymous || sf.Tag.Get("xml") == "-" {
				continue
			}
			if sf.Anonymous {
				inner := sf.Type
				if inner.Kind() == reflect.Pointer {
					inner = inner.Elem()
				}
				if inner.Kind() == reflect.Struct {
					sub, err := infoOf(inner)
					if err != nil {
						return nil, err
					}
					if info.xmlname == nil {
						info.xmlname = sub.xmlname
					}
					for _, f := range sub.fields {
						f.index = append([]int{i}, f.index...)
						if err := info.add(t, f); err != nil {
							return nil, err
						}
					}
					continue
				}
			}
			f, err := fieldOf(t, &sf)
			if err != nil {
				return nil, err
			}
			if sf.Name == xmlName {
				info.xmlname = f
				continue
			}
			if err := info.add(t, *f); err != nil {
				return nil, err
			}
		}
	}
	known, _ := types.LoadOrStore(t, info)
	return known.(*typeInfo), nil
}

func fieldOf(t reflect.Type, sf *reflect.StructField) (*field, error) {
	f := &field{index: sf.Index}
	whole := sf.Tag.Get("xml")
	tag := whole
	if space, rest, ok := strings.Cut(tag, " "); ok {
		f.space, tag = space, rest
	}
	tag, options, hasOptions := strings.Cut(tag, ",")
	if hasOptions {
		for _, o := range strings.Split(options, ",") {
			switch o {
			case "attr":
				f.mode |= asAttr
			case "cdata":
				f.mode |= asCDATA
			case "chardata":
				f.mode |= asCharData
			case "innerxml":
				f.mode |= asInnerXML
			case "comment":
				f.mode |= asComment
			case "any":
				f.mode |= asAny
			case "omitempty":
				f.omit = true
			}
		}
		valid := true
		switch f.mode {
		case 0:
		case asAttr, asCDATA, asCharData, asInnerXML, asComment, asAny, asAny | asAttr:
			valid = sf.Name != xmlName && (tag == "" || f.mode == asAttr)
		default:
			valid = false
		}
		if f.mode == 0 || f.mode == asAny {
			f.mode |= asElement
		}
		if !valid || f.omit && f.mode&(asElement|asAttr) == 0 {
			return nil, fmt.Errorf("xml: invalid tag in field %s of type %s: %q", sf.Name, t, whole)
		}
	} else {
		f.mode = asElement
	}
	if f.space != "" && tag == "" {
		return nil, fmt.Errorf("xml: namespace without name in field %s of type %s: %q", sf.Name, t, whole)
	}
	if sf.Name == xmlName {
		f.name = tag
		return f, nil
	}
	own := nameOf(sf.Type)
	if tag == "" {
		f.name = sf.Name
		if own != nil {
			f.space, f.name = own.space, own.name
		}
		return f, nil
	}
	f.parents = strings.Split(tag, ">")
	last := len(f.parents) - 1
	if f.parents[0] == "" {
		f.parents[0] = sf.Name
	}
	if f.name = f.parents[last]; f.name == "" {
		return nil, fmt.Errorf("xml: trailing '>' in field %s of type %s", sf.Name, t)
	}
	f.parents = f.parents[:last]
	if last > 0 && f.mode&asElement == 0 {
		return nil, fmt.Errorf("xml: %s chain not valid with %s flag", tag, options)
	}
	if f.mode&asElement != 0 && own != nil && own.name != f.name {
		return nil, fmt.Errorf("xml: name %q in tag of %s.%s conflicts with name %q in %s.XMLName", f.name, t, sf.Name,
			own.name, sf.Type)
	}
	return f, nil
}

// nameOf returns the field XMLName of a struct, if it has a name in its tag.
func nameOf(t reflect.Type) *field {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	for i := range t.NumField() {
		sf := t.Field(i)
		if sf.Name == xmlName {
			if f, err := fieldOf(t, &sf); err == nil && f.name != "" {
				return f
			}
			return nil
		}
	}
	return nil
}

// conflicts reports whether two fields mean the same element, or one the way to the other.
func (f *field) conflicts(g *field) bool {
	if f.mode != g.mode || f.space != "" && g.space != "" && f.space != g.space {
		return false
	}
	n := min(len(f.parents), len(g.parents))
	if !slices.Equal(f.parents[:n], g.parents[:n]) {
		return false
	}
	switch {
	case len(f.parents) > n:
		return f.parents[n] == g.name
	case len(g.parents) > n:
		return g.parents[n] == f.name
	}
	return f.name == g.name && f.space == g.space
}

// add adds a field: of several that conflict the one that lies least deep stays.
func (info *typeInfo) add(t reflect.Type, f field) error {
	same := []int{}
	for i := range info.fields {
		if info.fields[i].conflicts(&f) {
			same = append(same, i)
		}
	}
	for _, i := range same {
		if len(info.fields[i].index) < len(f.index) {
			return nil
		}
	}
	for _, i := range same {
		if old := &info.fields[i]; len(old.index) == len(f.index) {
			x, y := t.FieldByIndex(old.index), t.FieldByIndex(f.index)
			return &TagPathError{t, x.Name, x.Tag.Get("xml"), y.Name, y.Tag.Get("xml")}
		}
	}
	for _, i := range slices.Backward(same) {
		info.fields = slices.Delete(info.fields, i, i+1)
	}
	info.fields = append(info.fields, f)
	return nil
}

// A TagPathError is a struct in which two fields mean the same element.
type TagPathError struct {
	Struct       reflect.Type
	Field1, Tag1 string
	Field2, Tag2 string
}

func (e *TagPathError) Error() string {
	return fmt.Sprintf("%s field %q with tag %q conflicts with field %q with tag %q", e.Struct, e.Field1, e.Tag1, e.Field2, e.Tag2)
}

// value returns the field of a struct. Behind a nil pointer there is none, unless it is to be made.
func (f *field) value(v reflect.Value, make bool) reflect.Value {
	for i, x := range f.index {
		if i > 0 && v.Kind() == reflect.Pointer && v.Type().Elem().Kind() == reflect.Struct {
			if v.IsNil() {
				if !make {
					return reflect.Value{}
				}
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(x)
	}
	return v
}

// as returns the value, or its address, as an interface that it implements.
func as[T any](v reflect.Value) (x T, pointer, ok bool) {
	if v.CanInterface() {
		if x, ok = v.Interface().(T); ok {
			return x, false, true
		}
	}
	if v.CanAddr() {
		if p := v.Addr(); p.CanInterface() {
			x, ok = p.Interface().(T)
		}
	}
	return x, true, ok
}
