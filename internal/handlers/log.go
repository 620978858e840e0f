package handlers

import (
	"encoding/base64"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
	"golang.org/x/mod/sumdb/tlog"

	"truepenny/internal/errs"
	"truepenny/views/auditlog"
	"truepenny/views/paths"
)

// logRoutes show the audit log to everybody: its seal and proofs, no entry.
func (s *Server) logRoutes() []route {
	get := http.MethodGet
	return []route{
		{method: get, path: paths.PublicLog(), name: "log", who: anyone, do: s.showLog, public: true},
		{method: get, path: paths.LogCheckpoint(), name: "log.checkpoint", who: anyone, do: s.logCheckpoint, public: true},
		{method: get, path: paths.LogCosigned(), name: "log.cosigned", who: anyone, do: s.logCosigned, public: true},
		{method: get, path: "/log/checkpoints/:size", name: "log.published", who: anyone, do: s.logPublished, public: true},
		{method: get, path: "/log/consistency", name: "log.consistency", who: anyone, do: s.logConsistency, public: true},
		{method: get, path: "/log/proof", name: "log.proof", who: anyone, do: s.logProof, public: true},
		{method: http.MethodPost, path: paths.LogCosignatures(), name: "log.cosign", who: anyone, do: s.logCosign, body: 16 << 10},
	}
}

// cosignLimit is how many cosignatures one address may hand in within doorPeriod;
// each is verified, and a new one is written.
const cosignLimit = 60

func (s *Server) showLog(c echo.Context) error {
	page, err := s.presentLog(c)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, auditlog.Public(page))
}

func (s *Server) logCheckpoint(c echo.Context) error {
	head, err := s.Audit.Checkpoint(c.Request().Context())
	if err != nil {
		return err
	}
	return checkpoint(c, head)
}

func (s *Server) logCosigned(c echo.Context) error {
	p, _, err := s.OpenLog.NewestCosigned(c.Request().Context())
	if err != nil {
		return err
	}
	return checkpoint(c, p.Cosigned())
}

func (s *Server) logPublished(c echo.Context) error {
	size, err := strconv.ParseInt(c.Param("size"), 10, 64)
	if err != nil {
		return errs.New(errs.NotFound, "page.missing")
	}
	p, err := s.OpenLog.Published(c.Request().Context(), size)
	if err != nil {
		return err
	}
	return checkpoint(c, p.Cosigned())
}

// checkpoint answers with a signed note; there may be none yet.
func checkpoint(c echo.Context, note string) error {
	if note == "" {
		return errs.New(errs.NotFound, "page.missing")
	}
	return c.String(http.StatusOK, note)
}

// logConsistency is not limited: a proof reads some forty hashes at a million
// entries, less than counting the asker would cost.
func (s *Server) logConsistency(c echo.Context) error {
	from, err1 := strconv.ParseInt(c.QueryParam("from"), 10, 64)
	to, err2 := strconv.ParseInt(c.QueryParam("to"), 10, 64)
	if err1 != nil || err2 != nil {
		return errs.New(errs.Invalid, "audit.sizes")
	}
	path, err := s.Audit.Consistency(c.Request().Context(), from, to)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, struct {
		From   int64       `json:"from"`
		To     int64       `json:"to"`
		Hashes []tlog.Hash `json:"hashes"`
	}{from, to, path})
}

// logProof proves an entry to who knows what it says: its own hash is the key to
// it, and the answer does not hold it.
func (s *Server) logProof(c echo.Context) error {
	hash, err := leafHash(c.QueryParam("hash"))
	if err != nil {
		return err
	}
	proof, err := s.Audit.Path(c.Request().Context(), hash)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, proof)
}

// leafHash reads a hash in hexadecimal digits or base64.
func leafHash(text string) (tlog.Hash, error) {
	raw, err := hex.DecodeString(text)
	if err != nil {
		plain := strings.NewReplacer("-", "+", "_", "/", " ", "+", "=", "").Replace(text)
		raw, err = base64.RawStdEncoding.DecodeString(plain)
	}
	if err != nil || len(raw) != tlog.HashSize {
		return tlog.Hash{}, errs.New(errs.Invalid, "log.hash")
	}
	return tlog.Hash(raw), nil
}

// logCosign takes what `truepenny witness` hands in. Programs only, of other machines:
// there is no session, the signature of a registered witness is what counts.
func (s *Server) logCosign(c echo.Context) error {
	if err := s.limitDoor(c, "cosignature", cosignLimit); err != nil {
		return err
	}
	signed, err := io.ReadAll(c.Request().Body)
	if err != nil {
		return err
	}
	if !readable(string(signed)) {
		return errs.New(errs.Invalid, "log.unreadable")
	}
	kept, err := s.OpenLog.Cosign(c.Request().Context(), string(signed))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, map[string]any{"size": kept.Size, "published": paths.LogPublished(kept.Size)})
}
