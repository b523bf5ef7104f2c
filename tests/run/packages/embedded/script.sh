#!/bin/sh
echo "hi" \ 	ÿ
