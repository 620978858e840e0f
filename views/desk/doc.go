// Package desk shows the pages of the privacy officer.
package desk
