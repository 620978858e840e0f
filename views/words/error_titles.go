package words

// ErrorTitle is the heading of an error page, by HTTP status.
func ErrorTitle(status int) string {
	switch status {
	case 401:
		return "Please sign in"
	case 403:
		return "This is not open to you"
	case 404:
		return "There is nothing here"
	case 409:
		return "Somebody else was here in the meantime"
	case 410:
		return "This is no longer there"
	case 413:
		return "That was too large"
	case 415:
		return "We cannot read this kind of file"
	case 422:
		return "Something needs another look"
	case 429:
		return "Please wait a little"
	case 503:
		return "We will be back shortly"
	}
	return "Something went wrong on our side"
}
