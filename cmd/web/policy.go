package main

import (
	"truepenny/internal/config"
	"truepenny/internal/sellers"
)

// policy is what sellers are promised here. On this machine, where the camera of
// a test is a file, what a browser says of its camera fails nobody.
func policy(cfg config.Config) sellers.Policy {
	p := sellers.DefaultPolicy
	p.Light = cfg.Light
	p.StrictCamera = !cfg.Development()
	return p
}
