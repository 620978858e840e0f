// Package db opens the database (SQLite or PostgreSQL), brings its schema up to
// date and hands out read access and write transactions.
package db
