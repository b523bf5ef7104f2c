package debug

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
)

// BuildInfo says what the program was built from.
type BuildInfo struct {
	GoVersion string
	Path      string
	Main      Module
	Deps      []*Module
	Settings  []BuildSetting
}

// Module is a module of the program.
type Module struct {
	Path    string
	Version string
	Sum     string
	Replace *Module
}

// BuildSetting is a setting of the build.
type BuildSetting struct {
	Key, Value string
}

// ReadBuildInfo returns what there is to say of a program that is run from its source.
func ReadBuildInfo() (info *BuildInfo, ok bool) {
	settings := []BuildSetting{{"-compiler", "minigo"}, {"GOARCH", runtime.GOARCH}, {"GOOS", runtime.GOOS}}
	return &BuildInfo{GoVersion: runtime.Version(), Path: "command-line-arguments", Settings: settings}, true
}

func quoteKey(s string) bool   { return s == "" || strings.ContainsAny(s, "= \t\r\n\"`") }
func quoteValue(s string) bool { return strings.ContainsAny(s, " \t\r\n\"`") }

// String returns lines that ParseBuildInfo reads.
func (bi *BuildInfo) String() string {
	var b strings.Builder
	if bi.GoVersion != "" {
		fmt.Fprintf(&b, "go\t%s\n", bi.GoVersion)
	}
	if bi.Path != "" {
		fmt.Fprintf(&b, "path\t%s\n", bi.Path)
	}
	var module func(word string, m *Module)
	module = func(word string, m *Module) {
		fmt.Fprintf(&b, "%s\t%s\t%s", word, m.Path, m.Version)
		if m.Replace == nil {
			fmt.Fprintf(&b, "\t%s\n", m.Sum)
		} else {
			b.WriteByte('\n')
			module("=>", m.Replace)
			b.WriteByte('\n')
		}
	}
	if bi.Main != (Module{}) {
		module("mod", &bi.Main)
	}
	for _, d := range bi.Deps {
		module("dep", d)
	}
	for _, s := range bi.Settings {
		if quoteKey(s.Key) {
			s.Key = strconv.Quote(s.Key)
		}
		if quoteValue(s.Value) {
			s.Value = strconv.Quote(s.Value)
		}
		fmt.Fprintf(&b, "build\t%s=%s\n", s.Key, s.Value)
	}
	return b.String()
}

func moduleOf(columns string) (m Module, err error) {
	c := strings.Split(columns, "\t")
	if len(c) != 2 && len(c) != 3 {
		return m, fmt.Errorf("expected 2 or 3 columns; got %d", len(c))
	}
	c = append(c, "")
	return Module{Path: c[0], Version: c[1], Sum: c[2]}, nil
}

func settingOf(kv string) (s BuildSetting, err error) {
	var value string
	switch {
	case kv == "":
		return s, errors.New("build line missing '='")
	case kv[0] == '=':
		return s, errors.New("build line with missing key")
	case kv[0] == '`' || kv[0] == '"':
		key, err := strconv.QuotedPrefix(kv)
		if err != nil {
			return s, errors.New("invalid quoted key in build line")
		}
		if len(kv) == len(key) {
			return s, errors.New("build line missing '=' after quoted key")
		}
		if c := kv[len(key)]; c != '=' {
			return s, fmt.Errorf("unexpected character after quoted key: %q", c)
		}
		s.Key, _ = strconv.Unquote(key)
		value = kv[len(key)+1:]
	default:
		var ok bool
		if s.Key, value, ok = strings.Cut(kv, "="); !ok {
			return s, errors.New("build line missing '=' after key")
		}
		if quoteKey(s.Key) {
			return s, fmt.Errorf("unquoted key %q must be quoted", s.Key)
		}
	}
	if value != "" && (value[0] == '`' || value[0] == '"') {
		if s.Value, err = strconv.Unquote(value); err != nil {
			return s, errors.New("invalid quoted value in build line")
		}
		return s, nil
	}
	if quoteValue(value) {
		return s, fmt.Errorf("unquoted value %q must be quoted", value)
	}
	s.Value = value
	return s, nil
}

// ParseBuildInfo reads the lines that BuildInfo.String writes.
func ParseBuildInfo(data string) (bi *BuildInfo, err error) {
	bi = new(BuildInfo)
	var last *Module
	for n := 1; ; n++ {
		line, rest, ok := strings.Cut(data, "\n")
		if !ok {
			return bi, nil
		}
		data = rest
		word, columns, _ := strings.Cut(line, "\t")
		if len(word) == len(line) {
			continue // no tab
		}
		switch word {
		case "path":
			bi.Path = columns
		case "mod":
			last = &bi.Main
			*last, err = moduleOf(columns)
		case "dep":
			last = new(Module)
			bi.Deps = append(bi.Deps, last)
			*last, err = moduleOf(columns)
		case "=>":
			c := strings.Split(columns, "\t")
			switch {
			case len(c) != 3:
				err = fmt.Errorf("expected 3 columns for replacement; got %d", len(c))
			case last == nil:
				err = errors.New("replacement with no module on previous line")
			default:
				last.Replace = &Module{Path: c[0], Version: c[1], Sum: c[2]}
				last = nil
			}
		case "build":
			var s BuildSetting
			s, err = settingOf(columns)
			bi.Settings = append(bi.Settings, s)
		}
		if err != nil {
			return nil, fmt.Errorf("could not parse Go build info: line %d: %w", n, err)
		}
	}
}

// CrashOptions are those of SetCrashOutput.
type CrashOptions struct{}

// SetCrashOutput fails: what a crash prints goes to standard error alone.
func SetCrashOutput(f *os.File, opts CrashOptions) error { return errors.ErrUnsupported }

// WriteHeapDump does nothing: there is no such format here.
func WriteHeapDump(fd uintptr) {}
