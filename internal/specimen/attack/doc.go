// Package attack holds up to a camera what is not a living person: prints, screens, spliced and swapped faces, for measuring how well our own presentation attack detection does (species after ISO/IEC 30107-3).
package attack
