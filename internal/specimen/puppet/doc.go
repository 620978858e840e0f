// Package puppet moves the face of one portrait as its owner would: a textured mesh with depth that turns, tilts, blinks, smiles and comes closer before a camera, for films in the demo and the tests, and as an attack in the lab.
package puppet
