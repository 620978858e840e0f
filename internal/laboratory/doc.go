// Package laboratory keeps the lab's sets, runs and reports, and lets a
// threshold govern live checks only from a report and by two people. What is
// measured, and how, stands in package lab.
package laboratory
