package face

// StandardThresholds belong to face-api's descriptor network with dlib's
// alignment and the mean of mirror images. Accept keeps false matches below one
// in a thousand on the hardest set of the report; it sends about one in six
// pairs of press photographs of one person to a person's eyes, one in twelve
// when five pictures are joined as the check does. A test measures the figures
// again where the sets are at hand.
var StandardThresholds = Thresholds{Accept: 0.48, Review: 0.60, Report: Report{
	Name:            "docs/measurements.md#faces",
	FalseMatches:    Tally{Set: "face-orl", Errors: 10, Pairs: 19000},
	FalseNonMatches: Tally{Set: "face-lfw10", Errors: 39, Pairs: 225},
	Used: Used{
		Frames:          5,
		FalseMatches:    Tally{Set: "face-orl", Errors: 1, Pairs: 3800},
		FalseNonMatches: Tally{Set: "face-lfw10", Errors: 4, Pairs: 50},
	},
	Calibration: standardCalibration,
}}

// standardCalibration comes from the set on which strangers come closest:
// `lab face` on face-orl.
var standardCalibration = Calibration{
	Set: "face-orl", Pairs: 19000,
	Method: "logistic", Offset: 8.803, Slope: -16.469, Least: -2.95, Most: 4.28, Cllr: 0.063,
	Points: []CalibrationPoint{
		{0.45, 0}, {0.46, 4}, {0.47, 6}, {0.48, 10}, {0.49, 17}, {0.50, 32}, {0.51, 44}, {0.52, 83}, {0.53, 123}, {0.54, 171},
		{0.55, 240}, {0.56, 330}, {0.57, 452}, {0.58, 613}, {0.59, 797}, {0.60, 1040}, {0.61, 1311}, {0.62, 1625}, {0.63, 2004},
		{0.64, 2461}, {0.65, 3023}, {0.66, 3736}, {0.67, 4522}, {0.68, 5441}, {0.69, 6443}, {0.70, 7417}, {0.71, 8426}, {0.72, 9510},
	},
}
