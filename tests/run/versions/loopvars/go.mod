module loopvars

go 1.20
