// Package injection looks for signs that a capture did not come from a camera
// in front of a person: virtual cameras, frames that repeat or have no noise,
// clocks that are too even, a page that a script drives, a video seen before.
//
// A web page cannot attest its camera: names are free to choose and noise can
// be drawn. So no finding here proves anything, and none proves the opposite;
// each carries a level and its figures for an operator's policy and a person.
package injection
