// Package consents shows a person their answers and the record of each.
package consents
