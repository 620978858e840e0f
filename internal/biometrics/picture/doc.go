// Package picture turns uploaded bytes into pixels safely (format by content, limits from the header, EXIF orientation applied) and does the few pixel operations that the biometric packages share.
package picture
