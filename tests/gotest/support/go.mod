module example.org/support

go 1.27
