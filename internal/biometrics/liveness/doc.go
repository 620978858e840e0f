// Package liveness tells from the frames of a guided capture whether a person
// followed prompts that nobody could foresee, each frame made after its prompt
// was known, and which signs of a presentation or injection were seen.
//
// What it withstands: pictures on paper and screens, recordings made for another
// challenge, answers out of order or time, another person midway. What it does
// not withstand alone: a face that is rendered or swapped live after the prompts
// are known. Against these stand the light, the clocks and the injection checks,
// and none of them proves anything: a web page cannot attest its camera. An
// operator may therefore have a person look at every case.
package liveness
