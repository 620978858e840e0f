// Package printed shows the layouts of print and lets administrators mark their
// regions on a picture.
package printed
