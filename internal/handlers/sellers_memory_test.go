package handlers_test

import (
	"path/filepath"
	"testing"

	"truepenny/internal/sellers"
	"truepenny/views/paths"
)

// The standard library writes what is too large for memory to temporary files.
// Here there is no place for them, so a picture that needed one would not come in.
func TestTheLargestPictureComesInWithoutATemporaryFile(t *testing.T) {
	m := openMarket(t)
	id := m.described(t, "no")
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "nowhere"))
	largest := make([]byte, sellers.DefaultPolicy.UploadBytes)
	copy(largest, sheet(1)) // what follows the end of a JPEG is not looked at
	m.marit.send(paths.ApplicationSide(id, "front"), false, []file{{"picture", largest}}, "kind", "passport", "idempotency_key", "largest").is(303)
	m.wantAudit(t, "application.document-added", 1)
	more := append(largest, 0)
	m.marit.send(paths.ApplicationSide(id, "front"), false, []file{{"picture", more}}, "kind", "passport", "idempotency_key", "more").is(413)
}
