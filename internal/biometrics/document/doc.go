// Package document reads identity documents from pictures: it finds and reads the machine-readable zone (ICAO Doc 9303), judges every check digit by itself and says what is wrong with a picture.
package document
