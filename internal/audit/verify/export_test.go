package verify

// CheckIn is the whole of Check on a database that is already open.
var CheckIn = check
