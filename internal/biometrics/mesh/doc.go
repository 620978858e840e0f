// Package mesh finds the 468 points of a face's surface and what they say:
// where the head turns, how far the eyes are open, how wide the mouth is.
package mesh
