// Package liveness tells from the frames of a guided capture whether a person
// followed prompts that nobody could foresee.
//
// What it withstands: a still picture, a video loop, a recording made for
// another challenge, a change of person midway. What it does not yet withstand:
// a picture bent in front of the camera with skill, a puppet rendered after the
// prompts are known, a live face swap. The seller's case therefore shows the
// frames to a person, and a pass here never decides alone.
package liveness
