// Package warp draws pictures bent over triangles, as puppets and attacks on a camera need them.
package warp
