// Package registers keeps what has to be told in public: demands of authorities
// and how they were answered, and everybody outside who gets data or lends a hand.
package registers
