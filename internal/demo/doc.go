// Package demo fills an empty database with a demo marketplace: invented staff,
// sellers and applications in every state, made through the same services that
// real people use.
package demo
