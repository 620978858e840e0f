package paths

import "strconv"

// PublicLog is what everybody sees of the audit log.
func PublicLog() string { return "/log" }

// LogCheckpoint is the newest signed head; LogCosigned the newest that a witness
// has cosigned, with its line.
func LogCheckpoint() string { return "/log/checkpoint" }
func LogCosigned() string   { return "/log/cosigned" }

// LogPublished is the published checkpoint of a size, with every cosignature.
func LogPublished(size int64) string {
	return join("log", "checkpoints", strconv.FormatInt(size, 10))
}

// LogConsistency proves that the log has only grown between two sizes.
func LogConsistency(from, to int64) string {
	return With("/log/consistency", "from", strconv.FormatInt(from, 10), "to", strconv.FormatInt(to, 10))
}

// LogProof proves that the entry with this leaf hash (hexadecimal) stands in the log.
func LogProof(hash string) string { return With("/log/proof", "hash", hash) }

// LogCosignatures takes checkpoints that witnesses have cosigned (POST).
func LogCosignatures() string { return "/log/cosignatures" }

// AuditProof is the inclusion proof of an entry as a file.
func AuditProof(index int64) string {
	return join("console", "audit", strconv.FormatInt(index, 10), "proof")
}

// AuditChecks lists the checks of the whole log and takes the wish for one (POST).
func AuditChecks() string { return "/console/audit/checks" }

// AuditCheck is one of them, AuditCheckProgress how far it has come.
func AuditCheck(id string) string         { return join("console", "audit", "checks", id) }
func AuditCheckProgress(id string) string { return join("console", "audit", "checks", id, "progress") }

// Witnesses lists who watches the log and takes a new one (POST); WitnessNew is
// the form, WitnessEnd ends one (POST).
func Witnesses() string           { return "/console/audit/witnesses" }
func WitnessNew() string          { return "/console/audit/witnesses/new" }
func WitnessEnd(id string) string { return join("console", "audit", "witnesses", id, "end") }

// LogPublications publishes the checkpoint of now (POST).
func LogPublications() string { return "/console/audit/checkpoints" }
