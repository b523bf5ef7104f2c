module example.org/basics

go 1.27
