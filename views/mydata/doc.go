// Package mydata shows a person what is held about them, who looked at it, and
// lets them correct, take along, object, withdraw and delete.
package mydata
