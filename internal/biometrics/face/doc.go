// Package face finds faces in pictures, judges whether they can be compared,
// and turns each into a descriptor whose distance to another tells how likely
// both show the same person.
package face
