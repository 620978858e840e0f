// Package staff shows the people who work here to those who administer them.
package staff
