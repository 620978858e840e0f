package picture

import (
	"bytes"
	"encoding/binary"
	"image"
)

// jpegExif returns the TIFF block of the first Exif APP1 segment.
func jpegExif(b []byte) []byte {
	for i := 2; i+4 <= len(b) && b[i] == 0xff; {
		marker := b[i+1]
		if marker == 0xff { // fill byte
			i++
			continue
		}
		if marker == 0xda || marker == 0xd9 { // pixels begin, or the end
			return nil
		}
		size := int(binary.BigEndian.Uint16(b[i+2:]))
		end := i + 2 + size
		if size < 2 || end > len(b) {
			return nil
		}
		if marker == 0xe1 && bytes.HasPrefix(b[i+4:end], []byte("Exif\x00\x00")) {
			return b[i+10 : end]
		}
		i = end
	}
	return nil
}

// pngExif returns the eXIf chunk (PNG, third edition, 11.3.4.5).
func pngExif(b []byte) []byte {
	for i := 8; i+12 <= len(b); {
		size := int(binary.BigEndian.Uint32(b[i:]))
		if size < 0 || size > len(b)-i-12 {
			return nil
		}
		if string(b[i+4:i+8]) == "eXIf" {
			return b[i+8 : i+8+size]
		}
		i += 12 + size
	}
	return nil
}

// webpExif returns the EXIF chunk of an extended WebP file.
func webpExif(b []byte) []byte {
	for i := 12; i+8 <= len(b); {
		size := int(binary.LittleEndian.Uint32(b[i+4:]))
		if size < 0 || size > len(b)-i-8 {
			return nil
		}
		if string(b[i:i+4]) == "EXIF" {
			return bytes.TrimPrefix(b[i+8:i+8+size], []byte("Exif\x00\x00"))
		}
		i += 8 + size + size&1
	}
	return nil
}

// orientation reads tag 0x0112 of the first directory of a TIFF block; 1 when
// there is none or the block makes no sense (a picture is not refused for it).
func orientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch string(tiff[:2]) {
	case "II":
	case "MM":
		order = binary.BigEndian
	default:
		return 1
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for n := int(order.Uint16(tiff[at:])); n > 0 && len(entries) >= 12; n-- {
		if order.Uint16(entries) == 0x0112 && order.Uint16(entries[2:]) == 3 {
			if v := int(order.Uint16(entries[8:])); v >= 1 && v <= 8 {
				return v
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}

// orient turns the stored pixels upright (Exif 2.32, 4.6.4, tag Orientation).
func orient(img *image.RGBA, o int) *image.RGBA {
	switch o {
	case 2:
		return mirror(img)
	case 3:
		return Rotate(img, 2)
	case 4:
		return mirror(Rotate(img, 2))
	case 5:
		return mirror(Rotate(img, 1))
	case 6:
		return Rotate(img, 1)
	case 7:
		return mirror(Rotate(img, 3))
	case 8:
		return Rotate(img, 3)
	}
	return img
}
