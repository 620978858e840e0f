// Package config reads and checks the settings of the program from the
// environment, all wrong ones at once.
package config
