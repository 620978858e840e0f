// Package pdf417 knows the symbology of ISO/IEC 15438: patterns of code words, error correction, what code words say, and symbols that continue in others.
package pdf417
