package http

import "bytes"

const sniffLen = 512

type signature struct {
	prefix string
	mime   string
}

// Beginnings that are the same in every file of a type.
var signatures = []signature{
	{"%PDF-", "application/pdf"},
	{"%!PS-Adobe-", "application/postscript"},
	{"\xfe\xff", "text/plain; charset=utf-16be"},
	{"\xff\xfe", "text/plain; charset=utf-16le"},
	{"\xef\xbb\xbf", "text/plain; charset=utf-8"},
	{"\x00\x00\x01\x00", "image/x-icon"},
	{"\x00\x00\x02\x00", "image/x-icon"},
	{"BM", "image/bmp"},
	{"GIF87a", "image/gif"},
	{"GIF89a", "image/gif"},
	{"\x89PNG\r\n\x1a\n", "image/png"},
	{"\xff\xd8\xff", "image/jpeg"},
	{"ID3", "audio/mpeg"},
	{"OggS\x00", "application/ogg"},
	{"MThd\x00\x00\x00\x06", "audio/midi"},
	{"\x1a\x45\xdf\xa3", "video/webm"},
	{"\x00\x01\x00\x00", "font/ttf"},
	{"OTTO", "font/otf"},
	{"ttcf", "font/collection"},
	{"wOFF", "font/woff"},
	{"wOF2", "font/woff2"},
	{"\x1f\x8b\x08", "application/x-gzip"},
	{"PK\x03\x04", "application/zip"},
	{"Rar!\x1a\x07\x00", "application/x-rar-compressed"},
	{"Rar!\x1a\x07\x01\x00", "application/x-rar-compressed"},
	{"\x00asm", "application/wasm"},
}

var htmlTags = []string{
	"<!DOCTYPE HTML", "<HTML", "<HEAD", "<SCRIPT", "<IFRAME", "<H1", "<DIV", "<FONT", "<TABLE", "<A", "<STYLE", "<TITLE", "<B",
	"<BODY", "<BR", "<P", "<!--",
}

// DetectContentType guesses the type of data from its first 512 bytes.
func DetectContentType(data []byte) string {
	if len(data) > sniffLen {
		data = data[:sniffLen]
	}
	text := bytes.TrimLeft(data, "\t\n\x0c\r ")
	if len(text) > 0 && text[0] == '<' {
		for _, tag := range htmlTags {
			if len(text) > len(tag) && bytes.EqualFold(text[:len(tag)], []byte(tag)) && (text[len(tag)] == ' ' || text[len(tag)] == '>') {
				return "text/html; charset=utf-8"
			}
		}
		if bytes.HasPrefix(text, []byte("<?xml")) {
			return "text/xml; charset=utf-8"
		}
	}
	for _, s := range signatures {
		if len(data) >= len(s.prefix) && string(data[:len(s.prefix)]) == s.prefix {
			if s.prefix[0] >= 0xfe && s.prefix[1] >= 0xfe && len(data) < 4 {
				continue // too little to be sure of a byte order
			}
			return s.mime
		}
	}
	if len(data) >= 12 {
		switch four := string(data[:4]); {
		case four == "RIFF" && string(data[8:12]) == "AVI ":
			return "video/avi"
		case four == "RIFF" && string(data[8:12]) == "WAVE":
			return "audio/wave"
		case four == "RIFF" && len(data) >= 14 && string(data[8:14]) == "WEBPVP":
			return "image/webp"
		case four == "FORM" && string(data[8:12]) == "AIFF":
			return "audio/aiff"
		}
		if isMP4(data) {
			return "video/mp4"
		}
	}
	if len(data) >= 36 && data[34] == 'L' && data[35] == 'P' {
		return "application/vnd.ms-fontobject"
	}
	for _, b := range text {
		if b <= 8 || b == 0x0b || 0x0e <= b && b <= 0x1a || 0x1c <= b && b <= 0x1f {
			return "application/octet-stream"
		}
	}
	return "text/plain; charset=utf-8"
}

func isMP4(data []byte) bool {
	size := int(data[0])<<24 | int(data[1])<<16 | int(data[2])<<8 | int(data[3])
	if size%4 != 0 || len(data) < size || string(data[4:8]) != "ftyp" {
		return false
	}
	for at := 8; at < size; at += 4 {
		if at != 12 && string(data[at:at+3]) == "mp4" {
			return true
		}
	}
	return false
}
