// Package dev shows what only development has: caught mails and every component.
package dev
