package sessions

import (
	"net/http"
	"strings"
)

// Current returns the live session of the browser and records its use.
func (s *Sessions) Current(r *http.Request) (Session, bool, error) {
	token := secret(r)
	if token == "" {
		return Session{}, false, nil
	}
	return s.find(r.Context(), token, passive(r))
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
