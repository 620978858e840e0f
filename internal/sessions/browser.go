package sessions

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
)

type contextKey struct{}

// From returns the session of the request.
func From(ctx context.Context) (Session, bool) {
	s, ok := ctx.Value(contextKey{}).(Session)
	return s, ok
}

// With puts a session into a context, for code that acts outside a request.
func With(ctx context.Context, s Session) context.Context {
	return context.WithValue(ctx, contextKey{}, s)
}

// Middleware looks up the session of the browser and puts it into the request's
// context. When that fails the request goes on as nobody's.
func (s *Sessions) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Cookie")
		token := secret(r)
		if token == "" {
			next.ServeHTTP(w, r)
			return
		}
		session, ok, err := s.find(r.Context(), token, passive(r))
		switch {
		case err != nil:
			slog.ErrorContext(r.Context(), "look up session", "error", err)
		case ok:
			r = r.WithContext(With(r.Context(), session))
		default:
			clearCookie(w)
		}
		next.ServeHTTP(w, r)
	})
}

// passive reports whether the page asks by itself, with nobody at the keyboard:
// an event stream that reconnects must not keep a session alive for ever.
func passive(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "text/event-stream")
}

func secret(r *http.Request) string {
	c, err := r.Cookie(CookieName)
	if err != nil {
		return ""
	}
	return c.Value
}

// The cookie has no lifetime of its own: the limits are kept on the server, and
// a browser that is closed for good forgets it.
func setCookie(w http.ResponseWriter, token string) {
	http.SetCookie(w, &http.Cookie{
		Name: CookieName, Value: token, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

func clearCookie(w http.ResponseWriter) {
	http.SetCookie(w, &http.Cookie{
		Name: CookieName, Path: "/", MaxAge: -1, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// describe names browser and system from a User-Agent, without versions: enough
// to recognise one's own session in a list, too little to recognise a person.
func describe(agent string) (browser, system string) {
	return firstMatch(agent, [][2]string{ // order matters: most agents also claim to be Chrome or Safari
		{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"},
		{"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari", "Safari"},
	}), firstMatch(agent, [][2]string{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"CrOS", "ChromeOS"},
		{"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"},
	})
}

func firstMatch(agent string, names [][2]string) string {
	for _, n := range names {
		if strings.Contains(agent, n[0]) {
			return n[1]
		}
	}
	return ""
}
