// Package pad measures signs of a presentation attack in the frames of a
// capture: relief (does the face move like a head or like a sheet), light (does
// it answer to the screen's colours), screen (a pixel grid), border (the edge of
// a phone or sheet) and ground (a background that stands still like a picture
// or goes along with the head).
//
// Every result says whether it could be judged at all, names its reason and
// carries the figures. None is proof: a rendered head passes relief, and a
// renderer that knows the colours passes light.
package pad
