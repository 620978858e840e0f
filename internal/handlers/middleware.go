package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

const referenceKey = "reference"

// refer gives every request a reference, which the log and the error page carry.
func refer(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ref := ids.New("r")[:12]
		c.Set(referenceKey, ref)
		c.Response().Header().Set("X-Request-Id", ref)
		return next(c)
	}
}

func reference(c echo.Context) string {
	ref, _ := c.Get(referenceKey).(string)
	return ref
}

// logRequests writes one line a request. It names the route, not the address:
// addresses of links hold tokens.
func (s *Server) logRequests(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := s.clock.Now()
		err := next(c)
		if err != nil {
			c.Error(err)
		}
		if examined(c) && c.Response().Status < http.StatusInternalServerError {
			return nil // the daily look at every page is nobody's request
		}
		s.log.Info("request",
			"method", c.Request().Method, "route", c.Path(), "status", c.Response().Status,
			"ms", s.clock.Now().Sub(start).Round(time.Microsecond).Seconds()*1000, "bytes", c.Response().Size, "reference", reference(c))
		return nil
	}
}

// recoverPanic turns a panic into an internal error with its stack in the log.
func (s *Server) recoverPanic(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			r := recover()
			if r == nil {
				return
			}
			if r == http.ErrAbortHandler {
				panic(r)
			}
			s.log.Error("panic", "value", fmt.Sprint(r), "stack", string(debug.Stack()), "reference", reference(c))
			err = fmt.Errorf("panic: %v", r)
		}()
		return next(c)
	}
}

// refuseUnreadable refuses addresses that hold what no text holds: a NUL
// or broken UTF-8. PostgreSQL would fail on them, SQLite would store them.
func refuseUnreadable(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		query, err := url.QueryUnescape(r.URL.RawQuery)
		if err != nil || !readable(query) || !readable(r.URL.Path) {
			return errs.New(errs.Invalid, "request.unreadable")
		}
		return next(c)
	}
}

func readable(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// limitBody bounds what a request may send, before anything reads it.
func limitBody(bytes int64) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			r.Body = http.MaxBytesReader(c.Response(), r.Body, bytes)
			return next(c)
		}
	}
}
