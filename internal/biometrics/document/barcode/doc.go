// Package barcode finds and reads PDF417 and QR codes in pictures, at any angle and under perspective.
package barcode
