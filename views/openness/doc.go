// Package openness draws the public answers, the register of refusals, the
// registers of legal demands and of who gets data, and the practice statement.
package openness
