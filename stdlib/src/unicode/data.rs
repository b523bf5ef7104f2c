//! The Unicode Character Database, version 17.0.0, as far as Go's package unicode and strconv need it: facts only.
//!
//! Written by a program from the database and checked in; read by `tables.rs`. Runs of code points are given by their
//! length and value, sets by the distance from the end of the previous range and the range's length less one, in
//! hexadecimal.

/// General categories: runs of `length name`, `-` for unassigned.
#[rustfmt::skip]
pub(super) const CATEGORIES: &str = "\
32Cc Zs 3Po Sc 3Po Ps Pe Po Sm Po Pd 2Po 10Nd 2Po 3Sm 2Po 26Lu Ps Po Pe Sk Pc Sk 26Ll Ps Sm Pe Sm 33Cc Zs Po \
4Sc So Po Sk So Lo Pi Sm Cf So Sk So Sm 2No Sk Ll 2Po Sk No Lo Pf 3No Po 23Lu Sm 7Lu 24Ll Sm 8Ll Lu Ll Lu Ll Lu \
Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll \
Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu 2Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu 2Ll Lu Ll Lu Ll Lu Ll \
Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu \
Ll Lu Ll 2Lu Ll Lu Ll Lu 3Ll 2Lu Ll Lu Ll 2Lu Ll 3Lu 2Ll 4Lu Ll 2Lu Ll 3Lu 3Ll 2Lu Ll 2Lu Ll Lu Ll Lu Ll 2Lu Ll \
Lu 2Ll Lu Ll 2Lu Ll 3Lu Ll Lu Ll 2Lu 2Ll Lo Lu 3Ll 4Lo Lu Lt Ll Lu Lt Ll Lu Lt Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll \
Lu Ll Lu Ll Lu 2Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu 2Ll Lu Lt Ll Lu Ll 3Lu Ll Lu Ll Lu Ll Lu \
Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll \
Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu 7Ll 2Lu Ll 2Lu 2Ll Lu Ll 4Lu Ll Lu Ll Lu Ll Lu Ll Lu 69Ll 2Lo 26Ll \
18Lm 4Sk 12Lm 14Sk 5Lm 7Sk Lm Sk Lm 17Sk 112Mn Lu Ll Lu Ll Lm Sk Lu Ll 2- Lm 3Ll Po Lu 4- 2Sk Lu Po 3Lu - Lu - \
2Lu Ll 17Lu - 9Lu 35Ll Lu 2Ll 3Lu 3Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu 5Ll \
Lu Ll Sm Lu Ll 2Lu 2Ll 51Lu 48Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll \
Lu Ll Lu Ll Lu Ll Lu Ll So 5Mn 2Me Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu \
Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll 2Lu Ll Lu Ll Lu Ll Lu Ll \
Lu Ll Lu Ll Lu 2Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu \
Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll \
Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll - 38Lu 2- Lm 6Po 41Ll Po Pd \
2- 2So Sc - 45Mn Pd Mn Po 2Mn Po 2Mn Po Mn 8- 27Lo 4- 4Lo 2Po 11- 6Cf 3Sm 2Po Sc 2Po 2So 11Mn Po Cf 3Po 32Lo Lm \
10Lo 21Mn 10Nd 4Po 2Lo Mn 99Lo Po Lo 7Mn Cf So 6Mn 2Lm 2Mn So 4Mn 2Lo 10Nd 3Lo 2So Lo 14Po - Cf Lo Mn 30Lo 27Mn \
2- 89Lo 11Mn Lo 14- 10Nd 33Lo 9Mn 2Lm So 3Po Lm 2- Mn 2Sc 22Lo 4Mn Lm 9Mn Lm 3Mn Lm 5Mn 2- 15Po - 25Lo 3Mn 2- \
Po - 11Lo 5- 24Lo Sk 7Lo 2Cf 5- 9Mn 41Lo Lm 24Mn Cf 32Mn Mc 54Lo Mn Mc Mn Lo 3Mc 8Mn 4Mc Mn 2Mc Lo 7Mn 10Lo 2Mn \
2Po 10Nd Po Lm 15Lo Mn 2Mc - 8Lo 2- 2Lo 2- 22Lo - 7Lo - Lo 3- 4Lo 2- Mn Lo 3Mc 4Mn 2- 2Mc 2- 2Mc Mn Lo 8- Mc 4- \
2Lo - 3Lo 2Mn 2- 10Nd 2Lo 2Sc 6No So Sc Lo Po Mn 2- 2Mn Mc - 6Lo 4- 2Lo 2- 22Lo - 7Lo - 2Lo - 2Lo - 2Lo 2- Mn - \
3Mc 2Mn 4- 2Mn 2- 3Mn 3- Mn 7- 4Lo - Lo 7- 10Nd 2Mn 3Lo Mn Po 10- 2Mn Mc - 9Lo - 3Lo - 22Lo - 7Lo - 2Lo - 5Lo \
2- Mn Lo 3Mc 5Mn - 2Mn Mc - 2Mc Mn 2- Lo 15- 2Lo 2Mn 2- 10Nd Po Sc 7- Lo 6Mn - Mn 2Mc - 8Lo 2- 2Lo 2- 22Lo - \
7Lo - 2Lo - 5Lo 2- Mn Lo Mc Mn Mc 4Mn 2- 2Mc 2- 2Mc Mn 7- 2Mn Mc 4- 2Lo - 3Lo 2Mn 2- 10Nd So Lo 6No 10- Mn Lo - \
6Lo 3- 3Lo - 4Lo 3- 2Lo - Lo - 2Lo 3- 2Lo 3- 3Lo 3- 12Lo 4- 2Mc Mn 2Mc 3- 3Mc - 3Mc Mn 2- Lo 6- Mc 14- 10Nd 3No \
6So Sc So 5- Mn 3Mc Mn 8Lo - 3Lo - 23Lo - 16Lo 2- Mn Lo 3Mn 4Mc - 3Mn - 4Mn 7- 2Mn - 3Lo - 2Lo 2- 2Lo 2Mn 2- \
10Nd 7- Po 7No So Lo Mn 2Mc Po 8Lo - 3Lo - 23Lo - 10Lo - 5Lo 2- Mn Lo Mc Mn 5Mc - Mn 2Mc - 2Mc 2Mn 7- 2Mc 5- \
3Lo - 2Lo 2Mn 2- 10Nd - 2Lo Mc 12- 2Mn 2Mc 9Lo - 3Lo - 41Lo 2Mn Lo 3Mc 4Mn - 3Mc - 3Mc Mn Lo So 4- 3Lo Mc 7No \
3Lo 2Mn 2- 10Nd 9No So 6Lo - Mn 2Mc - 18Lo 3- 24Lo - 9Lo - Lo 2- 7Lo 3- Mn 4- 3Mc 3Mn - Mn - 8Mc 6- 10Nd 2- 2Mc \
Po 12- 48Lo Mn 2Lo 7Mn 4- Sc 6Lo Lm 8Mn Po 10Nd 2Po 37- 2Lo - Lo - 5Lo - 24Lo - Lo - 10Lo Mn 2Lo 9Mn Lo 2- 5Lo \
- Lm - 7Mn - 10Nd 2- 4Lo 32- Lo 3So 15Po So Po 3So 2Mn 6So 10Nd 10No So Mn So Mn So Mn Ps Pe Ps Pe 2Mc 8Lo - \
36Lo 4- 14Mn Mc 5Mn Po 2Mn 5Lo 11Mn - 36Mn - 8So Mn 6So - 2So 5Po 4So 2Po 37- 43Lo 2Mc 4Mn Mc 6Mn Mc 2Mn 2Mc \
2Mn Lo 10Nd 6Po 6Lo 2Mc 2Mn 4Lo 3Mn Lo 3Mc 2Lo 7Mc 3Lo 4Mn 13Lo Mn 2Mc 2Mn 6Mc Mn Lo Mc 10Nd 3Mc Mn 2So 38Lu - \
Lu 5- Lu 2- 43Ll Po Lm 3Ll 329Lo - 4Lo 2- 7Lo - Lo - 4Lo 2- 41Lo - 4Lo 2- 33Lo - 4Lo 2- 7Lo - Lo - 4Lo 2- 15Lo \
- 57Lo - 4Lo 2- 67Lo 2- 3Mn 9Po 20No 3- 16Lo 10So 6- 86Lu 2- 6Ll 2- Pd 620Lo So Po 17Lo Zs 26Lo Ps Pe 3- 75Lo \
3Po 3Nl 8Lo 7- 18Lo 3Mn Mc 9- 19Lo 2Mn Mc 2Po 9- 18Lo 2Mn 12- 13Lo - 3Lo - 2Mn 12- 52Lo 2Mn Mc 7Mn 8Mc Mn 2Mc \
11Mn 3Po Lm 3Po Sc Lo Mn 2- 10Nd 6- 10No 6- 6Po Pd 4Po 3Mn Cf Mn 10Nd 6- 35Lo Lm 53Lo 7- 5Lo 2Mn 34Lo Mn Lo 5- \
70Lo 10- 31Lo - 3Mn 4Mc 2Mn 3Mc 4- 2Mc Mn 6Mc 3Mn 4- So 3- 2Po 10Nd 30Lo 2- 5Lo 11- 44Lo 4- 26Lo 6- 10Nd No 3- \
34So 23Lo 2Mn 2Mc Mn 2- 2Po 53Lo Mc Mn Mc 7Mn - Mn Mc Mn 2Mc 8Mn 6Mc 10Mn 2- Mn 10Nd 6- 10Nd 6- 7Po Lm 6Po 2- \
14Mn Me 31Mn 2- 12Mn 20- 4Mn Mc 47Lo Mn Mc 5Mn Mc Mn 5Mc Mn 2Mc 8Lo - 2Po 10Nd 7Po 10So 9Mn 9So 3Po 2Mn Mc 30Lo \
Mc 4Mn 2Mc 2Mn Mc 3Mn 2Lo 10Nd 44Lo Mn Mc 2Mn 3Mc Mn Mc 3Mn 2Mc 8- 4Po 36Lo 8Mc 8Mn 2Mc 2Mn 3- 5Po 10Nd 3- 3Lo \
10Nd 30Lo 6Lm 2Po 9Ll Lu Ll 5- 43Lu 2- 3Lu 8Po 8- 3Mn Po 13Mn Mc 7Mn 4Lo Mn 6Lo Mn 2Lo Mc 2Mn Lo 5- 44Ll 63Lm \
13Ll Lm 34Ll 37Lm 64Mn Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu \
Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll \
Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu \
Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll \
Lu Ll Lu Ll Lu Ll Lu Ll Lu 9Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu \
Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll \
Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu 9Ll 8Lu 6Ll \
2- 6Lu 2- 8Ll 8Lu 8Ll 8Lu 6Ll 2- 6Lu 2- 8Ll - Lu - Lu - Lu - Lu 8Ll 8Lu 14Ll 2- 8Ll 8Lt 8Ll 8Lt 8Ll 8Lt 5Ll - \
2Ll 4Lu Lt Sk Ll 3Sk 3Ll - 2Ll 4Lu Lt 3Sk 4Ll 2- 2Ll 4Lu - 3Sk 8Ll 5Lu 3Sk 2- 3Ll - 2Ll 4Lu Lt 2Sk - 11Zs 5Cf \
6Pd 2Po Pi Pf Ps 2Pi Pf Ps Pi 8Po Zl Zp 5Cf Zs 9Po Pi Pf 4Po 2Pc 3Po Sm Ps Pe 11Po Sm Po Pc 10Po Zs 5Cf - 10Cf \
No Lm 2- 6No 3Sm Ps Pe Lm 10No 3Sm Ps Pe - 13Lm 3- 34Sc 14- 13Mn 4Me Mn 3Me 12Mn 15- 2So Lu 4So Lu 2So Ll 3Lu \
2Ll 3Lu Ll So Lu 2So Sm 5Lu 6So Lu So Lu So Lu So 4Lu So Ll 4Lu Ll 4Lo Ll 2So 2Ll 2Lu 5Sm Lu 4Ll So Sm 2So Ll \
So 16No 35Nl Lu Ll 4Nl No 2So 4- 5Sm 5So 2Sm 4So Sm 2So Sm 2So Sm 7So Sm 31So 2Sm 2So Sm So Sm 31So 268Sm 8So \
Ps Pe Ps Pe 20So 2Sm 7So Ps Pe 81So Sm 30So 25Sm 40So 6Sm 72So 22- 11So 21- 60No 78So 22No 183So Sm 9So Sm 54So \
8Sm 111So Sm 248So Ps Pe Ps Pe Ps Pe Ps Pe Ps Pe Ps Pe Ps Pe 30No 44So 5Sm Ps Pe 31Sm Ps Pe Ps Pe Ps Pe Ps Pe \
Ps Pe 16Sm 256So 131Sm Ps Pe Ps Pe Ps Pe Ps Pe Ps Pe Ps Pe Ps Pe Ps Pe Ps Pe Ps Pe Ps Pe 63Sm Ps Pe Ps Pe 32Sm \
Ps Pe 258Sm 48So 21Sm 2So 6Sm 39So 2- 138So 48Lu 48Ll Lu Ll 3Lu 2Ll Lu Ll Lu Ll Lu Ll 4Lu Ll Lu 2Ll Lu 6Ll 2Lm \
3Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu \
Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll \
Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu 2Ll 6So Lu Ll Lu Ll 3Mn Lu Ll 5- 4Po \
No 2Po 38Ll - Ll 5- Ll 2- 56Lo 7- Lm Po 14- Mn 23Lo 9- 7Lo - 7Lo - 7Lo - 7Lo - 7Lo - 7Lo - 7Lo - 7Lo - 32Mn 2Po \
Pi Pf Pi Pf 3Po Pi Pf Po Pi Pf 9Po Pd 2Po Pd Po Pi Pf 2Po Pi Pf Ps Pe Ps Pe Ps Pe Ps Pe 5Po Lm 10Po 2Pd 4Po Pd \
Po Ps 13Po 2So 3Po Ps Pe Ps Pe Ps Pe Ps Pe Pd 34- 26So - 89So 12- 214So 26- 16So Zs 3Po So Lm Lo Nl Ps Pe Ps Pe \
Ps Pe Ps Pe Ps Pe 2So Ps Pe Ps Pe Ps Pe Ps Pe Pd Ps 2Pe So 9Nl 4Mn 2Mc Pd 5Lm 2So 3Nl Lm Lo Po 2So - 86Lo 2- \
2Mn 2Sk 2Lm Lo Pd 90Lo Po 3Lm Lo 5- 43Lo - 94Lo - 2So 4No 10So 32Lo 38So 9- So 16Lo 31So - 10No 30So 8No So \
15No 32So 10No 39So 15No 320So 6592Lo 64So 21013Lo Lm 1143Lo 3- 55So 9- 40Lo 6Lm 2Po 268Lo Lm 3Po 16Lo 10Nd 2Lo \
20- Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll \
Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lo Mn 3Me Po 10Mn Po Lm Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu \
Ll Lu Ll Lu Ll Lu Ll Lu Ll 2Lm 2Mn 70Lo 10Nl 2Mn 6Po 8- 23Sk 9Lm 2Sk Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu 3Ll \
Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu \
Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lm 8Ll Lu Ll Lu Ll 2Lu Ll Lu Ll Lu \
Ll Lu Ll Lu Ll Lm 2Sk Lu Ll Lu Ll Lo Lu Ll Lu 3Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll \
5Lu Ll 5Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll 4Lu Ll Lu Ll 2Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll Lu Ll \
Lu Ll Lu 20- 4Lm Lu Ll Lo 2Lm Ll 7Lo Mn 3Lo Mn 4Lo Mn 23Lo 2Mc 2Mn Mc 4So Mn 3- 6No 2So Sc So 6- 52Lo 4Po 8- \
2Mc 50Lo 16Mc 2Mn 8- 2Po 10Nd 6- 18Mn 6Lo 3Po Lo Po 2Lo Mn 10Nd 28Lo 8Mn 2Po 23Lo 11Mn 2Mc 11- Po 29Lo 3- 3Mn \
Mc 47Lo Mn 2Mc 4Mn 2Mc 2Mn 3Mc 13Po - Lm 10Nd 4- 2Po 5Lo Mn Lm 9Lo 10Nd 5Lo - 41Lo 6Mn 2Mc 2Mn 2Mc 2Mn 9- 3Lo \
Mn 8Lo Mn Mc 2- 10Nd 2- 4Po 16Lo Lm 6Lo 3So Lo Mc Mn Mc 50Lo Mn Lo 3Mn 2Lo 2Mn 5Lo 2Mn Lo Mn Lo 24- 2Lo Lm 2Po \
11Lo Mc 2Mn 2Mc 2Po Lo 2Lm Mc Mn 10- 6Lo 2- 6Lo 2- 6Lo 9- 7Lo - 7Lo - 43Ll Sk 4Lm 9Ll Lm 2Sk 4- 80Ll 35Lo 2Mc \
Mn 2Mc Mn 2Mc Po Mc Mn 2- 10Nd 6- 11172Lo 12- 23Lo 4- 49Lo 4- 2048Cs 6400Co 366Lo 2- 106Lo 38- 7Ll 12- 5Ll 5- \
Lo Mn 10Lo Sm 13Lo - 5Lo - Lo - 2Lo - 2Lo - 108Lo 17Sk 16So 363Lo Pe Ps 16So 64Lo 2So 54Lo 8So 32- 12Lo Sc 3So \
16Mn 7Po Ps Pe Po 6- 16Mn Po 2Pd 2Pc Ps Pe Ps Pe Ps Pe Ps Pe Ps Pe Ps Pe Ps Pe Ps Pe 2Po Ps Pe 4Po 3Pc 3Po - \
4Po Pd Ps Pe Ps Pe Ps Pe 3Po Sm Pd 3Sm - Po Sc 2Po 4- 5Lo - 135Lo 2- Cf - 3Po Sc 3Po Ps Pe Po Sm Po Pd 2Po 10Nd \
2Po 3Sm 2Po 26Lu Ps Po Pe Sk Pc Sk 26Ll Ps Sm Pe Sm Ps Pe Po Ps Pe 2Po 10Lo Lm 45Lo 2Lm 31Lo 3- 6Lo 2- 6Lo 2- \
6Lo 2- 3Lo 3- 2Sc Sm Sk So 2Sc - So 4Sm 2So 10- 3Cf 2So 2- 12Lo - 26Lo - 19Lo - 2Lo - 15Lo 2- 14Lo 34- 123Lo 5- \
3Po 4- 45No 3- 9So 53Nl 4No 17So 2No 3So - 13So 3- So 47- 45So Mn 130- 29Lo 3- 49Lo 15- Mn 27No 4- 32Lo 4No 9- \
20Lo Nl 8Lo Nl 5- 38Lo 5Mn 5- 30Lo - Po 36Lo 4- 8Lo Po 5Nl 42- 40Lu 40Ll 78Lo 2- 10Nd 6- 36Lu 4- 36Ll 4- 40Lo \
8- 52Lo 11- Po 11Lu - 15Lu - 7Lu - 2Lu - 11Ll - 15Ll - 7Ll - 2Ll 3- 52Lo 12- 311Lo 9- 22Lo 10- 8Lo 24- 6Lm - \
42Lm - 9Lm 69- 6Lo 2- Lo - 44Lo - 2Lo 3- Lo 2- 23Lo - Po 8No 23Lo 2So 7No 31Lo 8- 9No 48- 19Lo - 2Lo 5- 5No \
22Lo 6No 3- Po 26Lo 5- Po 26Lo 38- 56Lo 4- 2No 2Lo 16No 2- 46No Lo 3Mn - 2Mn 5- 4Mn 4Lo - 3Lo - 29Lo 2- 3Mn 4- \
Mn 9No 7- 9Po 7- 29Lo 2No Po 29Lo 3No 32- 8Lo So 28Lo 2Mn 4- 5No 7Po 9- 54Lo 3- 7Po 22Lo 2- 8No 19Lo 5- 8No \
18Lo 7- 4Po 12- 7No 80- 73Lo 55- 51Lu 13- 51Ll 7- 6No 36Lo 4Mn 8- 10Nd 6- 10Nd 4Lo Lm Lo 22Lu 3- 5Mn Pd Lm 22Ll \
8- 2Sm 208- 31No - 42Lo - 2Mn Pd 2- 2Lo 16- 3Lo Lm 2Lo 8- Po 8So 33- 6Mn 29Lo 10No Lo 8- 22Lo 11Mn 4No 5Po 22- \
18Lo 4Mn 4Po 38- 21Lo 7No 20- 23Lo 9- Mc Mn Mc 53Lo 15Mn 7Po 4- 20No 10Nd Mn 2Lo 2Mn Lo 9- 3Mn Mc 45Lo 3Mc 4Mn \
2Mc 2Mn 2Po Cf 4Po Mn 10- Cf 2- 25Lo 7- 10Nd 6- 3Mn 36Lo 5Mn Mc 8Mn - 10Nd 4Po Lo 2Mc Lo 8- 35Lo Mn 2Po Lo 9- \
2Mn Mc 48Lo 3Mc 9Mn 2Mc 4Lo 4Po 4Mn Po Mc Mn 10Nd Lo Po Lo 3Po - 20No 11- 18Lo - 25Lo 3Mc 3Mn 2Mc Mn Mc 2Mn 6Po \
Mn 2Lo Mn 62- 7Lo - Lo - 4Lo - 15Lo - 10Lo Po 6- 47Lo Mn 3Mc 8Mn 5- 10Nd 6- 2Mn 2Mc - 8Lo 2- 2Lo 2- 22Lo - 7Lo \
- 2Lo - 5Lo - 2Mn Lo 2Mc Mn 4Mc 2- 2Mc 2- 3Mc 2- Lo 6- Mc 5- 5Lo 2Mc 2- 7Mn 3- 5Mn 11- 10Lo - Lo 2- Lo - 38Lo - \
Lo 3Mc 6Mn - Mc 2- Mc - 4Mc - 2Mc Mn Mc Mn Lo Mn Lo 2Po - 2Po 8- 2Mn 29- 53Lo 3Mc 8Mn 2Mc 3Mn Mc Mn 4Lo 5Po \
10Nd 2Po - Po Mn 3Lo 30- 48Lo 3Mc 6Mn Mc Mn 4Mc 2Mn Mc 2Mn 2Lo Po Lo 8- 10Nd 166- 47Lo 3Mc 4Mn 2- 4Mc 2Mn Mc \
2Mn 23Po 4Lo 2Mn 34- 48Lo 3Mc 8Mn 2Mc Mn Mc 2Mn 3Po Lo 11- 10Nd 6- 13Po 19- 43Lo Mn Mc Mn 2Mc 6Mn Mc Mn Lo Po \
6- 10Nd 6- 20Nd 28- 27Lo 2- Mn Mc Mn 2Mc 4Mn Mc 5Mn 4- 10Nd 2No 3Po So 7Lo 185- 44Lo 3Mc 9Mn Mc 2Mn Po 100- \
32Lu 32Ll 10Nd 9No 12- 8Lo 2- Lo 2- 8Lo - 2Lo - 24Lo 6Mc - 2Mc 2- 2Mn Mc Mn Lo Mc Lo Mc Mn 3Po 9- 10Nd 70- 8Lo \
2- 39Lo 3Mc 4Mn 2- 2Mn 4Mc Mn Lo Po Lo Mc 27- Lo 10Mn 40Lo 6Mn Mc Lo 4Mn 8Po Mn 8- Lo 6Mn 2Mc 3Mn 46Lo 13Mn Mc \
2Mn 3Po Lo 5Po 13- 73Lo 7- 10Po 86- Mn Mc 3Mn Mc Mn Mc 88- 33Lo Po 14- 10Nd 6- 9Lo - 37Lo Mc 7Mn - 6Mn Mc Mn Lo \
5Po 10- 10Nd 19No 3- 2Po 30Lo 2- 22Mn - Mc 7Mn Mc 2Mn Mc 2Mn 73- 7Lo - 2Lo - 38Lo 6Mn 3- Mn - 2Mn - 7Mn Lo Mn \
8- 10Nd 6- 6Lo - 2Lo - 32Lo 5Mc - 2Mn - 2Mc Mn Mc Mn Lo 7- 10Nd 6- 41Lo Lm 2Lo 4- 10Nd 246- 19Lo 2Mn 2Mc 2Po 7- \
2Mn Lo Mc 13Lo - 34Lo 2Mc 5Mn 3- 2Mc Mn Mc Mn 13Po 10Nd Mn 85- Lo 15- 21No 8So 4Sc 17So 13- Po 922Lo 102- 111Nl \
- 5Po 11- 196Lo 2636- 97Lo 2Po 13- 1072Lo 16Cf Mn 6Lo 15Mn 10- 3995Lo 5- 583Lo 6841- 30Lo 12Mn 3Mc 3Mn 10Nd \
1734- 569Lo 7- 31Lo - 10Nd 4- 2Po 79Lo - 10Nd 6- 30Lo 2- 5Mn Po 10- 48Lo 7Mn 5Po 4So 4Lm Po So 10- 10Nd - 7No - \
21Lo 5- 19Lo 432- 3Lm 40Lo 2Lm 3Po 10Nd 198- 32Lu 32Ll 23No 4Po 5- 25Lu 2- 25Ll 44- 75Lo 4- Mn Lo 55Mc 7- 4Mn \
13Lm 64- 2Lm Po Lm Mn 11- 2Mc 2Lm 3Nl 9- 7382Lo 41- 32Lo 97- 115Lo 8701- 4Lm - 7Lm - 2Lm - 291Lo 15- Lo 29- 3Lo \
2- Lo 14- 4Lo 8- 396Lo 2308- 107Lo 5- 13Lo 3- 9Lo 7- 10Lo 2- So 2Mn Po 4Cf 3932- 240So 10Nd 3So 3- 436So 6- \
23So 15- 16So Sm 15- 46Mn 2- 23Mn 9- 116So 60- 246So 10- 39So 2- 60So 2Mc 3Mn 3So 6Mc 8Cf 8Mn 2So 7Mn 30So 4Mn \
61So 21- 66So 3Mn So 122- 20No 12- 20No 12- 87So 9- 25No 135- 26Lu 26Ll 26Lu 7Ll - 18Ll 26Lu 26Ll Lu - 2Lu 2- \
Lu 2- 2Lu 2- 4Lu - 8Lu 4Ll - Ll - 7Ll - 11Ll 26Lu 26Ll 2Lu - 4Lu 2- 8Lu - 7Lu - 26Ll 2Lu - 4Lu - 5Lu - Lu 3- \
7Lu - 26Ll 26Lu 26Ll 26Lu 26Ll 26Lu 26Ll 26Lu 26Ll 26Lu 26Ll 26Lu 28Ll 2- 25Lu Sm 25Ll Sm 6Ll 25Lu Sm 25Ll Sm \
6Ll 25Lu Sm 25Ll Sm 6Ll 25Lu Sm 25Ll Sm 6Ll 25Lu Sm 25Ll Sm 6Ll Lu Ll 2- 50Nd 512So 55Mn 4So 50Mn 8So Mn 14So \
Mn 2So 5Po 15- 5Mn - 15Mn 1104- 10Ll Lo 20Ll 6- 6Ll 213- 7Mn - 17Mn 2- 7Mn - 2Mn - 5Mn 5- 62Lm 33- Mn 112- 45Lo \
3- 7Mn 7Lm 2- 10Nd 4- Lo So 320- 30Lo Mn 17- 44Lo 4Mn 10Nd 5- Sc 464- 27Lo Lm 4Mn 10Nd 214- 30Lo 2Mn Lo 10Nd 4- \
Po 192- 31Lo - 3Lo Mn 2Lo Mn 7Lo 2Mn 5Lo Mn 8- Lo Lm 224- 7Lo - 4Lo - 2Lo - 15Lo - 197Lo 2- 9No 7Mn 41- 34Lu \
34Ll 7Mn Lm 4- 10Nd 4- 2Po 785- 59No So 3No Sc 4No 76- 45No So 15No 194- 4Lo - 27Lo - 2Lo - Lo 2- Lo - 10Lo - \
4Lo - Lo - Lo 6- Lo 4- Lo - Lo - Lo - 3Lo - 2Lo - Lo 2- Lo - Lo - Lo - Lo - Lo - 2Lo - Lo 2- 4Lo - 7Lo - 4Lo - \
4Lo - Lo - 10Lo - 17Lo 5- 3Lo - 5Lo - 17Lo 52- 2Sm 270- 44So 4- 100So 12- 15So 2- 15So - 15So - 37So 10- 13No \
161So 56- 29So 13- 44So 4- 9So 7- 2So 14- 6So 154- 251So 5Sk 729So 3- 17So 3- 13So 3- 218So 6- 12So 4- So 15- \
12So 4- 56So 8- 10So 6- 40So 8- 30So 2- 12So 4- 2So 14- 9Sm 39- 344So 8- 14So 2- 13So 3- 11So 3- 57So - So 4- \
16So 2- 12So 4- 10So 7- 147So - 92So 10Nd So 1029- 42720Lo 32- 4382Lo 2- 5774Lo 2- 7473Lo 15- 622Lo 2466- 542Lo \
1506- 4939Lo 5- 8490Lo 707463- Cf 30- 96Cf 128- 240Mn 65040- 65534Co 2- 65534Co 2-";

/// Names of scripts; the n-th is `Aa`, `Ab` … in [`SCRIPTS`].
#[rustfmt::skip]
pub(super) const SCRIPT_NAMES: &str = "\
Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali Beria_Erfe \
Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma Cham \
Cherokee Chorasmian Common Coptic Cuneiform Cypriot Cypro_Minoan Cyrillic Deseret Devanagari Dives_Akuru Dogra \
Duployan Egyptian_Hieroglyphs Elbasan Elymaic Ethiopic Garay Georgian Glagolitic Gothic Grantha Greek Gujarati \
Gunjala_Gondi Gurmukhi Gurung_Khema Han Hangul Hanifi_Rohingya Hanunoo Hatran Hebrew Hiragana Imperial_Aramaic \
Inherited Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kannada Katakana Kawi Kayah_Li \
Kharoshthi Khitan_Small_Script Khmer Khojki Khudawadi Kirat_Rai Lao Latin Lepcha Limbu Linear_A Linear_B Lisu \
Lycian Lydian Mahajani Makasar Malayalam Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin Meetei_Mayek \
Mende_Kikakui Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi Mongolian Mro Multani Myanmar Nabataean \
Nag_Mundari Nandinagari New_Tai_Lue Newa Nko Nushu Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Ol_Onal Old_Hungarian \
Old_Italic Old_North_Arabian Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Oriya \
Osage Osmanya Pahawh_Hmong Palmyrene Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan \
Saurashtra Sharada Shavian Siddham Sidetic SignWriting Sinhala Sogdian Sora_Sompeng Soyombo Sundanese Sunuwar \
Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Tai_Yo Takri Tamil Tangsa Tangut Telugu Thaana \
Thai Tibetan Tifinagh Tirhuta Todhri Tolong_Siki Toto Tulu_Tigalari Ugaritic Vai Vithkuqi Wancho Warang_Citi \
Yezidi Yi Zanabazar_Square";

/// Scripts: runs of `length name`, `-` for none.
#[rustfmt::skip]
pub(super) const SCRIPTS: &str = "\
65Az 26Cw 6Az 26Cw 47Az Cw 15Az Cw 5Az 23Cw Az 31Cw Az 449Cw 39Az 5Cw 5Az 2An 20Az 112Cg 4Bt Az 3Bt 2- 4Bt Az \
Bt 4- Bt Az Bt Az 3Bt - Bt - 20Bt - 63Bt 14Ba 16Bt 133Be 2Cg 169Be - 38Ae 2- 50Ae 2- 3Ae - 55Cd 8- 27Cd 4- 6Cd \
11- 5Ad Az 6Ad Az 14Ad Az 3Ad Az 32Ad Az 10Ad 11Cg 26Ad Cg 108Ad Az 34Ad 14Fp - 60Fp 2- 3Fp 48Ad 50Gb 14- 59Eb \
2- 3Eb 46Fb 2- 15Fb - 28Dh 2- Dh - 11Fp 5- 34Ad 5- 75Ad Az 29Ad 81Bg 4Cg 15Bg 2Az 26Bg 4Ak - 8Ak 2- 2Ak 2- 22Ak \
- 7Ak - Ak 3- 4Ak 2- 9Ak 2- 2Ak 2- 4Ak 8- Ak 4- 2Ak - 5Ak 2- 25Ak 2- 3Bw - 6Bw 4- 2Bw 2- 22Bw - 7Bw - 2Bw - 2Bw \
- 2Bw 2- Bw - 5Bw 4- 2Bw 2- 3Bw 3- Bw 7- 4Bw - Bw 7- 17Bw 10- 3Bu - 9Bu - 3Bu - 22Bu - 7Bu - 2Bu - 5Bu 2- 10Bu \
- 3Bu - 3Bu 2- Bu 15- 4Bu 2- 12Bu 7- 7Bu - 3Eq - 8Eq 2- 2Eq 2- 22Eq - 7Eq - 2Eq - 5Eq 2- 9Eq 2- 2Eq 2- 3Eq 7- \
3Eq 4- 2Eq - 5Eq 2- 18Eq 10- 2Fx - 6Fx 3- 3Fx - 4Fx 3- 2Fx - Fx - 2Fx 3- 2Fx 3- 3Fx 3- 12Fx 4- 5Fx 3- 3Fx - 4Fx \
2- Fx 6- Fx 14- 21Fx 5- 13Ga - 3Ga - 23Ga - 16Ga 2- 9Ga - 3Ga - 4Ga 7- 2Ga - 3Ga - 2Ga 2- 4Ga 2- 10Ga 7- 9Ga \
13Cl - 3Cl - 23Cl - 10Cl - 5Cl 2- 9Cl - 3Cl - 4Cl 7- 2Cl 5- 3Cl - 4Cl 2- 10Cl - 3Cl 12- 13Dg - 3Dg - 51Dg - 3Dg \
- 6Dg 4- 16Dg 2- 26Dg - 3Fi - 18Fi 3- 24Fi - 9Fi - Fi 2- 7Fi 3- Fi 4- 6Fi - Fi - 8Fi 6- 10Fi 2- 3Fi 12- 58Gc 4- \
Az 28Gc 37- 2Cv - Cv - 5Cv - 24Cv - Cv - 23Cv 2- 5Cv - Cv - 7Cv - 10Cv 2- 4Cv 32- 72Gd - 36Gd 4- 39Gd - 36Gd - \
15Gd - 7Gd 4Az 2Gd 37- 160Dv 38Bp - Bp 5- Bp 2- 43Bp Az 4Bp 256Bz 73Bn - 4Bn 2- 7Bn - Bn - 4Bn 2- 41Bn - 4Bn 2- \
33Bn - 4Bn 2- 7Bn - Bn - 4Bn 2- 15Bn - 57Bn - 4Bn 2- 67Bn 2- 32Bn 3- 26Bn 6- 86Ax 2- 6Ax 2- 640As 29Ee 3- 75Fa \
3Az 11Fa 7- 22Fq 9- Fq 21Cb 2Az 9- 20Ar 12- 13Fr - 3Fr - 2Fr 12- 94Cr 2- 10Cr 6- 10Cr 6- 2Ds 2Az Ds Az 20Ds 6- \
89Ds 7- 43Ds 5- 70As 10- 31Cy - 12Cy 4- 12Cy 4- Cy 3- 12Cy 30Fs 2- 5Fs 11- 44Dz 4- 26Dz 6- 11Dz 3- 2Dz 32Cr \
28Aq 2- 2Aq 63Ft - 29Ft 2- 11Ft 6- 10Ft 6- 14Ft 2- 46Cg 2- 12Cg 20- 77Ag - 50Ag 64Fm 52Aj 8- 4Aj 56Cx 3- 15Cx \
3- 3Cx 48Ef 11Be 5- 43Bp 2- 3Bp 8Fm 8- 3Cg Az 13Cg Az 7Cg 4Az Cg 6Az Cg 3Az 2Cg Az 5- 38Cw 5Bt Be 49Cw 5Bt 4Cw \
5Bt 13Cw Be 70Cw Bt 64Cg 256Cw 22Bt 2- 6Bt 2- 38Bt 2- 6Bt 2- 8Bt - Bt - Bt - Bt - 31Bt 2- 53Bt - 15Bt - 14Bt 2- \
6Bt - 19Bt 2- 3Bt - 9Bt - 12Az 2Cg 87Az - 11Az Cw 2- 11Az Cw 15Az - 13Cw 3- 34Az 14- 33Cg 15- 38Az Bt 3Az 2Cw \
6Az Cw 27Az Cw 17Az 41Cw 3Az 4- 666Az 22- 11Az 21- 928Az 256Ap 628Az 2- 138Az 96Bq 32Cw 116Ba 5- 7Ba 38Bp - Bp \
5- Bp 2- 56Ge 7- 2Ge 14- Ge 23Bn 9- 7Bn - 7Bn - 7Bn - 7Bn - 7Bn - 7Bn - 7Bn - 7Bn - 32Be 94Az 34- 26By - 89By \
12- 214By 26- 21Az By Az By 25Az 9By 4Cg 2Bz 8Az 4By 4Az - 86Ce 2- 2Cg 2Az 3Ce Az 90Cm 2Az 3Cm 5- 43An - 94Bz - \
16Az 32An 38Az 9- Az 16Cm 31Bz - 64Az 31Bz 81Az 47Cm Az 88Cm 168Az 6592By 64Az 20992By 1165Gq 3- 55Gq 9- 48Db \
300Gl 20- 96Be 88Ah 8- 34Az 102Cw 3Az 82Cw 20- 15Cw 45Fo 3- 10Az 6- 56Ew 8- 70Fc 8- 12Fc 6- 32Bg 46Co Az Co \
36Ez 11- Ez 29Bz 3- 78Cj - Az 10Cj 4- 2Cj 31Dv - 55Aw 9- 14Aw 2- 10Aw 2- 4Aw 32Dv 67Fu 24- 5Fu 23Dm 10- 6Bn 2- \
6Bn 2- 6Bn 9- 7Bn - 7Bn - 43Cw Az 9Cw Bt 4Cw 2Az 4- 80Ax 46Dm 2- 10Dm 6- 11172Bz 12- 23Bz 4- 49Bz 8452- 366By \
2- 106By 38- 7Cw 12- 5Ae 5- 26Cd - 5Cd - Cd - 2Cd - 2Cd - 10Cd 494Ad 2Az 144Ad 32- 16Ad 16Cg 10Az 6- 14Cg 2Be \
35Az - 19Az - 4Az 4- 5Ad - 135Ad 2- Az - 32Az 26Cw 6Az 26Cw 11Az 10Cm Az 45Cm 2Az 31Bz 3- 6Bz 2- 6Bz 2- 6Bz 2- \
3Bz 3- 7Az - 7Az 10- 5Az 2- 12Da - 26Da - 19Da - 2Da - 15Da 2- 14Da 34- 123Da 5- 3Az 4- 45Az 3- 9Az 79Bt - 13Az \
3- Bt 47- 45Az Cg 130- 29Dc 3- 49At 15- Cg 27Az 4- 36Ei 9- 3Ei 27Br 5- 43Ek 5- 30Gk - Gk 36El 4- 14El 42- 80Bf \
48Fe 30Es 2- 10Es 6- 36Er 4- 36Er 4- 40Bl 8- 52Au 11- Au 11Gm - 15Gm - 7Gm - 2Gm - 11Gm - 15Gm - 7Gm - 2Gm 3- \
52Gg 12- 311Cz 9- 22Cz 10- 8Cz 24- 6Cw - 42Cw - 9Cw 69- 6Bc 2- Bc - 44Bc - 2Bc 3- Bc 2- Bc 22Cf - 9Cf 32Eu 31Dw \
8- 9Dw 48- 19Cc - 2Cc 5- 5Cc 28Ex 3- Ex 26Dd 5- Dd 26Fg 38- 32Dp 24Do 4- 20Do 2- 46Do 4Cp - 2Cp 5- 8Cp - 3Cp - \
29Cp 2- 3Cp 4- 10Cp 7- 9Cp 7- 32En 32Ej 32- 39Di 4- 12Di 9- 54Af 3- 7Af 22Ci 2- 8Ci 19Ch 5- 8Ch 18Ey 7- 4Ey 12- \
7Ey 80- 73Eo 55- 51Eh 13- 51Eh 7- 6Eh 40Ca 8- 10Ca 6- 38Bo 3- 29Bo 8- 2Bo 208- 31Ad - 42Gp - 3Gp 2- 2Gp 16- 6Ad \
8- 9Ad 33- 6Ad 40Em 8- 42Fj 22- 26Ep 38- 28Ay 20- 23Bm 9- 78Ao 4- 36Ao 9- Ao 67Ck 10- Ck 2- 25Fk 7- 10Fk 6- \
53Av - 18Av 8- 39De 9- 96Fd - 20Fi 11- 18Cs - 47Cs 62- 7Du - Du - 4Du - 15Du - 11Du 6- 59Ct 5- 10Ct 6- 4Bs - \
8Bs 2- 2Bs 2- 22Bs - 7Bs - 2Bs - 5Bs - Cg 9Bs 2- 2Bs 2- 3Bs 2- Bs 6- Bs 5- 7Bs 2- 7Bs 3- 5Bs 11- 10Gj - Gj 2- \
Gj - 38Gj - 10Gj - Gj 2- Gj - 4Gj - 10Gj - 2Gj 8- 2Gj 29- 92Ea - 5Ea 30- 72Gf 8- 10Gf 166- 54Ff 2- 38Ff 34- \
69Dr 11- 10Dr 6- 13Ds 19- 58Fw 6- 10Fw 6- 20Dv 28- 27Ab 2- 15Ab 4- 23Ab 185- 60Bi 100- 83Go 12- Go 7Bh 2- Bh 2- \
8Bh - 2Bh - 30Bh - 2Bh 2- 12Bh 9- 10Bh 70- 8Dy 2- 46Dy 2- 11Dy 27- 72Gr 8- 83Fl 13- 16As 57Ev 7- 10Bg 86- 8Fd \
88- 34Fn 14- 10Fn 6- 9Am - 45Am - 14Am 10- 29Am 3- 32Dj 2- 22Dj - 14Dj 73- 7Dk - 2Dk - 44Dk 3- Dk - 2Dk - 9Dk \
8- 10Dk 6- 6Bv - 2Bv - 37Bv - 2Bv - 6Bv 7- 10Bv 6- 44Gh 4- 10Gh 246- 25Df 7- 17Cn - 41Cn 3- 29Cn 85- Db 15- \
50Fx 13- Fx 922Bb 102- 111Bb - 5Bb 11- 196Bb 2636- 99Bd 13- 1110Bk 10- 3995Bk 5- 583Ac 6841- 58Bx 1734- 569Ah \
7- 31Dt - 10Dt 4- 2Dt 79Fy - 10Fy 6- 30Ai 2- 6Ai 10- 70Et 10- 10Et - 7Et - 21Et 5- 19Et 432- 58Cu 198- 91Dl 5- \
25Al 2- 25Al 44- 75Dq 4- 57Dq 7- 17Dq 64- Fz Ec 2By Cq 11- 7By 9- 6912Fz 470Cq 41- Cq 31Fz 97- 115Fz 8701- 4Cm \
- 7Cm - 2Cm - Cm 287Ce 3Cm 15- Ce 29- 3Ce 2- Cm 14- 4Cm 8- 396Ec 2308- 107Bj 5- 13Bj 3- 9Bj 7- 10Bj 2- 4Bj 4Az \
3932- 253Az 3- 436Az 6- 23Az 15- 17Az 15- 46Cg 2- 23Cg 9- 116Az 60- 246Az 10- 39Az 2- 62Az 3Cg 17Az 8Cg 2Az 7Cg \
30Az 4Cg 61Az 21- 70Bt 122- 20Az 12- 20Az 12- 87Az 9- 25Az 135- 85Az - 71Az - 2Az 2- Az 2- 2Az 2- 4Az - 12Az - \
Az - 7Az - 65Az - 4Az 2- 8Az - 7Az - 28Az - 4Az - 5Az - Az 3- 7Az - 340Az 2- 292Az 2- 50Az 652Fh 15- 5Fh - 15Fh \
1104- 31Cw 6- 6Cw 213- 7Bq - 17Bq 2- 7Bq - 2Bq - 5Bq 5- 62Be 33- Be 112- 45Ed 3- 14Ed 2- 10Ed 4- 2Ed 320- 31Gi \
17- 58Gn 5- Gn 464- 42Dx 214- 43Eg 4- Eg 192- 31Fv - 22Fv 8- 2Fv 224- 7Bn - 4Bn - 2Bn - 15Bn - 197Dn 2- 16Dn \
41- 76Aa 4- 10Aa 4- 2Aa 785- 68Az 76- 61Az 194- 4Ad - 27Ad - 2Ad - Ad 2- Ad - 10Ad - 4Ad - Ad - Ad 6- Ad 4- Ad \
- Ad - Ad - 3Ad - 2Ad - Ad 2- Ad - Ad - Ad - Ad - Ad - 2Ad - Ad 2- 4Ad - 7Ad - 4Ad - 4Ad - Ad - 10Ad - 17Ad 5- \
3Ad - 5Ad - 17Ad 52- 2Ad 270- 44Az 4- 100Az 12- 15Az 2- 15Az - 15Az - 37Az 10- 174Az 56- 26Az Ce 2Az 13- 44Az \
4- 9Az 7- 2Az 14- 6Az 154- 985Az 3- 17Az 3- 13Az 3- 218Az 6- 12Az 4- Az 15- 12Az 4- 56Az 8- 10Az 6- 40Az 8- \
30Az 2- 12Az 4- 2Az 14- 9Az 39- 344Az 8- 14Az 2- 13Az 3- 11Az 3- 57Az - Az 4- 16Az 2- 12Az 4- 10Az 7- 147Az - \
103Az 1029- 42720By 32- 4382By 2- 5774By 2- 7473By 15- 622By 2466- 542By 1506- 4939By 5- 8490By 707463- Az 30- \
96Az 128- 240Cg 196112-";

/// Properties: name and set.
#[rustfmt::skip]
pub(super) const PROPERTIES: &[(&str, &str)] = &[
    ("ASCII_Hex_Digit", "30+9 8+5 1b+5"),
    ("Bidi_Control", "61c 19f2+1 1b+4 38+3"),
    ("Dash", "2d 55d 34 e42 406 80a+5 3e 28 10 187 c05 3 20+1 5 1d 1bf 14 70 cd91+1 26 b aa e61 13f"),
    ("Deprecated", "149 52a 904 2 82a+1 8c6+5 2ba+1 ddcd7"),
    ("Diacritic", "5e 2 48 7 5 3+1 1f8+9e 2+7 6+5 12+1 5 a+1 fe+4 d2 38+2c 2 2+1 2+1 2 84+7 5+1 87+1 5+1 4+2 44+1a 5c+a 3b+a 23+1 \
7f+7 2a+9 11+1b 3e 11 4+3 1d 4b 11 6f 11 6f 11 30+2 3d 11 8 78 6f 11 6f 11 6e+1 11 7d 70 d+5 2 6c e+4 4c+1 1c 2 \
2 5+1 43+2 2+1 3f 71 2+1 29+1 5+4 1a+6 2 b+1 2c2+2 3b5+1 1f 95+a a 15c+2 125 15+7 3 31+e 3+a 4+e 3+b 49 10 27+8 \
37+1 3b c+1 43+1 41+5 53+18 5 7 3+2 33+3e 31+23 6+b 26+a 1be 2+2 c+2 e+2 e+2 e+1 cf1+2 13e 1fb+5 6a+3 60 7573 \
d+1 2 1d+1 53+1 f+21 67+2 67 7+1 d 26 98 1c+11 3a+3 25 60 d 25 96+2 42+3 34 65+4 a+2 81+1 4f31 302+f 10f 2 30 \
2e+1 44 2fd 4a0+5 2+29 2+8 27e+2 5 a6+1 23c+5 27 1b+4 18d 3+2 47+a 32+3 c1 2a 49+1 79+1 3f 4d a+2 69+1 b3+1 \
51+1 11 19+6 4+4 5a+2 2+1 e+1 60 4 7c+1 fc+1 7f 77+1 74 10e+1 103+1 5 9d 54 13 52 1a6 103 2+1 52 42 168+1 18 \
14ed+e 2cda 9c1+4 3c+6 235+1 223+10 51+1 3fff+3 2+6 2+1 1f02+2d 3+16 221+2 4+5 9+7 3+6 1f+3 e83+3d c3+6 178 \
3e+3 2ff+1 2e1+6 6e+2 2+2"),
    ("Extender", "b7 219+1 36f 1ba 277 8a 5a 2f1 80 944 39 264 18f 45 138a 2c+4 68+1 5e+2 6f17 5f7 3c3 17 8a 6d 16+1 547c 811+1 \
5cc 1c 5 4c8 126 75+1 1f3+2 4d0 341 4d69+1 49d+1 2 f+1 7149+1 4b2 355+2"),
    ("Hex_Digit", "30+9 8+5 1b+5 feaa+9 8+5 1b+5"),
    ("Hyphen", "2d 80 4dd 127c 80a+1 e06 2e4 cd68 aa 58"),
    ("IDS_Binary_Operator", "2ff0+1 3+9 1f2"),
    ("IDS_Trinary_Operator", "2ff2+1"),
    ("IDS_Unary_Operator", "2ffe+1"),
    ("ID_Compat_Math_Continue", "b2+1 6 1fb7 4+a 2+e 174 5 17 1b4a3 1a 20 1a 20 1a 20 1a 20 1a"),
    ("ID_Compat_Math_Start", "2202 5 17 1b4a3 1a 20 1a 20 1a 20 1a 20 1a"),
    ("Ideographic", "3006+1 1a+8 f+2 3c6+19bf 41+51ff 5901+16d 3+69 750b e+4 a+1cd5 2a+1f 62+72 237e+18b 4d05+a6df 21+111d 3+168d \
3+1d30 10+26d 9a3+21d 5e3+134a 6+2129"),
    ("Join_Control", "200c+1"),
    ("Logical_Order_Exception", "e40+4 7c+4 af1+2 3 90fb+1 3 2+1"),
    ("Modifier_Combining_Mark", "654+1 3 84 7 4+1 1e2+1 2+2 4 20"),
    ("Noncharacter_Code_Point", "fdd0+1f 20f+1 ffff+1 ffff+1 ffff+1 ffff+1 ffff+1 ffff+1 ffff+1 ffff+1 ffff+1 ffff+1 ffff+1 ffff+1 ffff+1 ffff+1 \
ffff+1 ffff+1"),
    ("Other_Alphabetic", "345 1e+c 241+d 2 2+1 2+1 2 49+a 31+c 2+6 11 66+6 5+3 3+1 5 24 1f+f 67+a 66+1 4+8 2+2 2+3 6b 3d+b 4+6 7+13 37+1 \
3+e 2+1 6+2 b+1 1e+2 3b+6 3+1 3+1 b b+1 1e+2 3b+4 5+1 3+1 5 1f+1 4 c+2 3b+7 2+2 2+1 16+1 17+2 5+2 3b+6 3+1 3+1 \
a+1 b+1 1f 3c+4 4+2 2+2 b 29+4 3a+6 2+2 2+2 9+1 c+1 1e+2 3b+6 2+2 2+2 9+1 c+1 10 d+3 3b+6 2+2 2+2 b b+1 1e+2 \
4c+5 2 2+7 13+1 3e 3+6 13 64 3+5 2+1 11 a4+12 a+a 2+23 6f+b 2 3+3 18+3 5+2 2+2 3+6 4+3 e+b 2 b+3 675+1 1f+1 \
1f+1 1f+1 43+12 bd+1 23 77+b 5+8 df+4 3a+9 3+13 4b+1 c+2 32+4 31+e 3d+2 1f+8 3+1 3a+a 33+12 19d+21 6c2+33 \
8f7+1f 7875+7 23+1 163 9 18+4 59+1 33+f 2 3a 27+4 1d+b 2e+3 31+b 26 44+d d 9+1 2e+2 33 2+2 3+1 6 2d+4 6 ee+7 \
4f34 858+4 687+2 2+1 6+3 315+3 42 142+1 4e+2 104+2 36+d 2e+1 c+2 2e+8 a 3e+2 25+b 13+1 3a+2 31+c f+1 5d+8 3 7 3 \
9e+9 18+3 3b+6 3+1 3+1 b b+1 55+8 2 3 2+3 2+1 68+c 2+2 6b+11 ee+6 3+6 1e+1 53+e 2 6b+a 68+d 102+c f8+5 2+1 3+1 \
4 2 8f+6 3+5 5 1d+9 2b+4 2+3 13+a 2f+d c9+7 c8+7 2+6 54+15 2+d 7b+5 4 2+1 2+2 2 4 43+4 2+1 2+3 15d+3 a+1 2 31+6 \
4+2 41de+10 e21 2+36 8+3 5e+1 4cad 2362+6 2+10 3+6 2+1 2+4 65 654 3 8+1 6 252 7e9+19 7+19 7+19"),
    ("Other_Default_Ignorable_Code_Point", "34f e10+1 654+1 8b0 10ff ce3c 50+8 d0008 2+1d 61+7f f1+e0f"),
    ("Other_Grapheme_Extend", "9be 19 167 19 67 19 e9 2 5+1 2+1 a+1 68 19 78 10 936 1f 401 6 2 6+1 66 48+1 419 1022+1 7924 6d 55de+1 1221 75 \
109 f a 61 a 3 2+2 6 e1 d f2 107 27a d 604 50af+1 6174+1 7+5 c2eae+5f"),
    ("Other_ID_Continue", "b7 2d0 fe2+8 669 632+1 10ee ce6a"),
    ("Other_ID_Start", "1885+1 892 16 f6d+1"),
    ("Other_Lowercase", "aa 10 1f6+8 8+1 1f+4 61 35 d82 c30+3e e 23+24 2b2 e 11+c d4+f 351+19 793+1 7a1f+1 d3 81+3 4+1 363+3 a 5c17 3+2 \
2+29 2+8 d876+3d"),
    ("Other_Math", "5e 372+2 3 1b+1 3+1 1c21 1c+2 c 21+3 19+1 f+1 42+c 5 4+1 5+4 13 5 3+9 2 4+4 7 4+1 3+1 2+2 2+5 4+3 6+4 4c+4 3+3 \
2+1 2+1 2 2+4 3+1 5+1 5+11 3+1 2 2+6 2 7+1 123+3 a9+1 2 19 12 1be+1 d+8 6+4 6+1 3+1 4+4 f 2 3+5 19+1 3a 2 1e+3 \
a+1 157+1 20+9 194+15 40+3 21+1 d464 2 5 d4 2 d4c2+54 2+46 2+1 3 3+1 3+3 2+b 2 2+6 2+40 2+3 3+7 2+6 2+1b 2+3 \
2+4 2 4+6 2+153 3+18 2+18 2+1e 2+18 2+1e 2+18 2+1e 2+18 2+1e 2+18 2+7 3+31 1601+3 2+1a 2+1 2 3 2+9 2+3 2 2 7 5 \
2 2 2+2 2+1 2 3 2 2 2 2 2+1 2 3+3 2+6 2+3 2+3 2 2+9 2+10 6+2 2+4 2+10"),
    ("Other_Uppercase", "2160+f 347+19 1cc61+19 7+19 7+19"),
    ("Pattern_Syntax", "21+e b+6 1b+3 2 1b+3 23+6 2 2+1 2 2+1 5 5 4 18 20 1f19+17 9+e 3+12 2+9 132+2cf a1+275 1f+46b 201+7f 182+2 5+18 \
10 cd0e+1 106+1"),
    ("Pattern_White_Space", "9+4 13 65 1f89+1 19+1"),
    ("Prepended_Concatenation_Mark", "600+5 d8 32 181+1 51 107db 10"),
    ("Quotation_Mark", "22 5 84 10 1f5d+7 1a+1 e08 1ca+3 e+2 ce22+3 be 5 5b+1"),
    ("Radical", "2e80+19 2+58 d+d5"),
    ("Regional_Indicator", "1f1e6+19"),
    ("STerm", "21 d 11 54a 94+2 b5 2c+2 f7 3e 2 4+1 126+1 6e5+1 317 5+1 306 c7+1 9e+1 2e 6 13b+1 163+3 a3+1 b+1 3+1 1e+2 bc+1 \
42+1 3a5 18+1 a+2 cb0+2 133 e 17+1 1ae 74fd 10f+1 e4 4 17f+1 57+1 60 99+1 94+2 91+1 fa 5227 3+1 3c 4+1 aa d 11 \
42 af5+1 4fe+4 2d+3 be+1 76+3 80+2 82+1 7 11+1 59+1 2+1 6d 12b+1 76+1 176+1 6+e 6a+1 fa+2 206 2 fc+1 58+1 1a5+1 \
2b5+1 4b+1 4b2a+1 86 42+1 c 22a+1 129 4e07 1de9"),
    ("Sentence_Terminal", "21 d 11 54a 94+2 b5 2c+2 f7 3e 2 4+1 126+1 6e5+1 317 5+1 306 c7+1 9e+1 2e 6 13b+1 163+3 a3+1 b+1 3+1 1e+2 bc+1 \
42+1 3a5 18+1 a+2 cb0+2 133 e 17+1 1ae 74fd 10f+1 e4 4 17f+1 57+1 60 99+1 94+2 91+1 fa 5227 3+1 3c 4+1 aa d 11 \
42 af5+1 4fe+4 2d+3 be+1 76+3 80+2 82+1 7 11+1 59+1 2+1 6d 12b+1 76+1 176+1 6+e 6a+1 fa+2 206 2 fc+1 58+1 1a5+1 \
2b5+1 4b+1 4b2a+1 86 42+1 c 22a+1 129 4e07 1de9"),
    ("Soft_Dotted", "69+1 c5 11a 1f 35 15 141 63 2 190a 34 e 4 85 9e 1a6 d7+1 b33 1a7a6+1 33+1 33+1 33+1 33+1 33+1 33+1 33+1 33+1 \
33+1 33+1 33+1 33+1 887 132+1 1b"),
    ("Terminal_Punctuation", "21 b 2 c+1 4 33f 9 202 3a 49 f 2+2 b5 2c+a 2 ec+1 37+5 2+7 20 106+1 4f5+1 ad 5+5 138+1 316+7 306 7d+2 48+1 9e+2 \
4 28+3 3+1 13b+1 163+3 a3+1 b+1 2+2 1e+2 bc+4 3f+1 3a5 18+1 a+2 cb0+2 133 e 5 b 2+1 4+1 1ad+1 74fc+1 10e+2 e4+4 \
17f+1 57+1 60 98+2 94+2 80 11+1 fa 5227 3+1 3a+2 2+3 aa b 2 c+1 4 42 3 43b 31 487 c8 137+1 99+5 45+5 5a+3 3b9+4 \
2d+3 be+6 71+3 80+2 82+1 7 11+1 59+4 6d 12b+1 76+2 d+1 167+3 4+e 6a+1 fa+2 206 2 fc+1 58+1 5+1 19f+2 2e 286+1 \
4b+1 52c+4 45fa+1 86 42+2 b 22a+1 128+1 4e07 1de8+3"),
    ("Unified_Ideograph", "3400+19bf 41+51ff 5a0f+1 2 2+1 b 2 2+1 3+2 105d7+a6df 21+111d 3+168d 3+1d30 10+26d 11a3+134a 6+2129"),
    ("Variation_Selector", "180b+2 2 e5f1+f d02f1+ef"),
    ("White_Space", "9+4 13 65 1b 15e0 980+a 1e+1 6 30 fa1"),
];

/// What simple case folding adds to categories and scripts: name and set.
#[rustfmt::skip]
pub(super) const FOLDS: &[(&str, &str)] = &[
    ("L", "345"),
    ("Ll", "41+19 66+16 2+6 22 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 4 2 2 3 2 2 2 2 2 2 2 3 2 2 2 2 2 2 2 2 2 2 2 \
2 2 2 2 2 2 2 2 2 2 2 2+1 2 2 4+1 2 2+1 2+2 3+3 2+1 2+2 4+1 2+1 2 2 2+1 2 3 2+1 2+2 2 2+1 4 8+1 2+1 2+1 2 2 2 2 \
2 2 2 2 3 2 2 2 2 2 2 2 2 3+1 2 2+2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 8+1 2+1 3 2+3 2 2 \
2 2 f7 2b 2 4 9 7 2+2 2 2+1 2+10 2+8 24 9 2 2 2 2 2 2 2 2 2 2 2 6 3 2+1 3+32 31 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 \
a 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2+1 2 2 2 2 2 2 3 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 \
2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 3+25 b4a+25 2 6 2d3+55 894 7+2a 3+2 141 2 2 2 2 2 2 2 2 2 \
2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 \
2 2 2 2 2 2 2 2 2 a 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 \
2 2 a+7 9+5 b+7 9+7 9+5 c 2 2 2 9+7 19+7 9+7 9+7 9+4 c+4 c+3 d+4 c+4 12a 4+1 7 51 a7d+2f 31 2+2 3 2 2 2+3 2 3 \
9+2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 9 2 5 \
794e 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 14 2 2 2 2 2 2 2 2 2 2 2 2 2 88 2 2 2 2 2 2 4 2 2 2 2 2 2 2 2 \
2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 b 2 2+1 2 2 2 2 5 2 3 2 4 2 2 2 2 2 2 2 2 2 2+4 2+4 2 2 2 2 2 2 2 \
2+3 2 2+1 2 2 2 2 2 2 2 2 19 572c+19 4c6+27 89+23 9d+a 2+e 2+6 2+1 6eb+32 9e+15 b3b+1f 5581+1f 41+18 7a48+21"),
    ("Lt", "1c4 2+1 2+1 2 25 2 1d8d+7 9+7 9+7 c 10 30"),
    ("Lu", "61+19 3b 2a+17 2+7 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 4 2 2 3 2 2 2 2 2 2 2 3 2 2 2 2 2 2 2 2 2 2 \
2 2 2 2 2 2 2 2 2 2 2 2 3 2 2+2 3 2 3 4 6 3 4+2 3 3 2 2 3 5 3 4 2 3 4 2 6+1 2+1 2+1 2 2 2 2 2 2 2 2+1 2 2 2 2 2 \
2 2 2 2 3+1 2 4 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 4 2 2 2 2 2 2 2 2 9 3+1 2 5 2 2 2 2+5 2+1 2 2+1 4+1 2+3 \
2+4 3 2+1 3 8 3 2+1 4+5 6 b+1 a7 2c 2 4 4+2 2f+3 2+1d 2+1 4+2 2 2 2 2 2 2 2 2 2 2 2 2+4 2 3 3 35+2f 2 2 2 2 2 2 \
2 2 2 2 2 2 2 2 2 2 2 a 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 3 2 2 2 2 2 2+1 2 2 2 2 2 2 2 2 2 2 \
2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 32+25 b4a+2a 3+2 2f9+5 883+8 2 ef 4 \
11 73 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 \
2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 6 6 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 \
2 2 2 2 2 2 2 2 2 2 2 2 2 2+8 9+5 b+7 9+7 9+5 c 2 2 2 9+7 9+d 33+1 d 12+1 f+1 4 169 36 aac+2f 2 4+1 2 2 2 7 3 b \
2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 9 2 5 d+25 2 \
6 7914 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 14 2 2 2 2 2 2 2 2 2 2 2 2 2 88 2 2 2 2 2 2 4 2 2 2 2 2 2 2 \
2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 b 2 3 2 2 2 2 5 5 2+1 3 2 2 2 2 2 2 2 2 2 c 2 2 2 2 2 2 2 5 2 3 2 \
2 2 2 2 2 2 1b 35d 1d+4f 5382+19 4ce+27 89+23 9c+a 2+e 2+6 2+1 704+32 7e+15 b3b+1f 5581+1f 3c+18 7a4f+21"),
    ("M", "399 20 1c05"),
    ("Mn", "399 20 1c05"),
    ("Common", "39c 20"),
    ("Greek", "b5 290"),
    ("Inherited", "399 20 1c05"),
];

/// Names of categories in words, and the short ones.
pub(super) const ALIASES: &str = "\
Cased_Letter LC,Close_Punctuation Pe,Combining_Mark M,Connector_Punctuation Pc,Control Cc,Currency_Symbol Sc,\
Dash_Punctuation Pd,Decimal_Number Nd,Enclosing_Mark Me,Final_Punctuation Pf,Format Cf,Initial_Punctuation Pi,\
Letter L,Letter_Number Nl,Line_Separator Zl,Lowercase_Letter Ll,Mark M,Math_Symbol Sm,Modifier_Letter Lm,\
Modifier_Symbol Sk,Nonspacing_Mark Mn,Number N,Open_Punctuation Ps,Other C,Other_Letter Lo,Other_Number No,\
Other_Punctuation Po,Other_Symbol So,Paragraph_Separator Zp,Private_Use Co,Punctuation P,Separator Z,\
Space_Separator Zs,Spacing_Mark Mc,Surrogate Cs,Symbol S,Titlecase_Letter Lt,Unassigned Cn,Uppercase_Letter Lu,\
cntrl Cc,digit Nd,punct P";

/// Simple case mappings: set, and distances to upper, lower and title case; `~`: upper and lower case alternate.
#[rustfmt::skip]
pub(super) const CASES: &str = "\
41+19 0 32 0,7+19 -32 0 -32,3b+0 743 0 743,b+16 0 32 0,2+6 0 32 0,2+16 -32 0 -32,2+6 -32 0 -32,1+0 121 0 121,\
1+2f ~ ~ ~,1+0 0 -199 0,1+0 -232 0 -232,1+5 ~ ~ ~,2+f ~ ~ ~,2+2d ~ ~ ~,1+0 0 -121 0,1+5 ~ ~ ~,1+0 -300 0 -300,\
1+0 195 0 195,1+0 0 210 0,1+3 ~ ~ ~,1+0 0 206 0,1+1 ~ ~ ~,1+1 0 205 0,1+1 ~ ~ ~,2+0 0 79 0,1+0 0 202 0,\
1+0 0 203 0,1+1 ~ ~ ~,1+0 0 205 0,1+0 0 207 0,1+0 97 0 97,1+0 0 211 0,1+0 0 209 0,1+1 ~ ~ ~,1+0 163 0 163,\
1+0 42561 0 42561,1+0 0 211 0,1+0 0 213 0,1+0 130 0 130,1+0 0 214 0,1+5 ~ ~ ~,1+0 0 218 0,1+1 ~ ~ ~,1+0 0 218 0,\
3+1 ~ ~ ~,1+0 0 218 0,1+1 ~ ~ ~,1+1 0 217 0,1+3 ~ ~ ~,1+0 0 219 0,1+1 ~ ~ ~,3+1 ~ ~ ~,2+0 56 0 56,5+0 0 2 1,\
1+0 -1 1 0,1+0 -2 0 -1,1+0 0 2 1,1+0 -1 1 0,1+0 -2 0 -1,1+0 0 2 1,1+0 -1 1 0,1+0 -2 0 -1,1+f ~ ~ ~,\
1+0 -79 0 -79,1+11 ~ ~ ~,2+0 0 2 1,1+0 -1 1 0,1+0 -2 0 -1,1+1 ~ ~ ~,1+0 0 -97 0,1+0 0 -56 0,1+27 ~ ~ ~,\
1+0 0 -130 0,2+11 ~ ~ ~,7+0 0 10795 0,1+1 ~ ~ ~,1+0 0 -163 0,1+0 0 10792 0,1+1 10815 0 10815,1+1 ~ ~ ~,\
1+0 0 -195 0,1+0 0 69 0,1+0 0 71 0,1+9 ~ ~ ~,1+0 10783 0 10783,1+0 10780 0 10780,1+0 10782 0 10782,\
1+0 -210 0 -210,1+0 -206 0 -206,2+1 -205 0 -205,2+0 -202 0 -202,2+0 -203 0 -203,1+0 42319 0 42319,\
4+0 -205 0 -205,1+0 42315 0 42315,2+0 -207 0 -207,1+0 42343 0 42343,1+0 42280 0 42280,1+0 42308 0 42308,\
2+0 -209 0 -209,1+0 -211 0 -211,1+0 42308 0 42308,1+0 10743 0 10743,1+0 42305 0 42305,3+0 -211 0 -211,\
2+0 10749 0 10749,1+0 -213 0 -213,3+0 -214 0 -214,8+0 10727 0 10727,3+0 -218 0 -218,2+0 42307 0 42307,\
1+0 -218 0 -218,4+0 42282 0 42282,1+0 -218 0 -218,1+0 -69 0 -69,1+1 -217 0 -217,1+0 -71 0 -71,6+0 -219 0 -219,\
b+0 42261 0 42261,1+0 42258 0 42258,a7+0 84 0 84,2b+3 ~ ~ ~,3+1 ~ ~ ~,4+2 130 0 130,2+0 0 116 0,7+0 0 38 0,\
2+2 0 37 0,2+0 0 64 0,2+1 0 63 0,2+10 0 32 0,2+8 0 32 0,1+0 -38 0 -38,1+2 -37 0 -37,2+10 -32 0 -32,\
1+0 -31 0 -31,1+8 -32 0 -32,1+0 -64 0 -64,1+1 -63 0 -63,1+0 0 8 0,1+0 -62 0 -62,1+0 -57 0 -57,4+0 -47 0 -47,\
1+0 -54 0 -54,1+0 -8 0 -8,1+17 ~ ~ ~,1+0 -86 0 -86,1+0 -80 0 -80,1+0 7 0 7,1+0 -116 0 -116,1+0 0 -60 0,\
1+0 -96 0 -96,2+1 ~ ~ ~,1+0 0 -7 0,1+1 ~ ~ ~,2+2 0 -130 0,1+f 0 80 0,1+1f 0 32 0,1+1f -32 0 -32,1+f -80 0 -80,\
1+21 ~ ~ ~,9+35 ~ ~ ~,1+0 0 15 0,1+d ~ ~ ~,1+0 -15 0 -15,1+5f ~ ~ ~,2+25 0 48 0,b+25 -48 0 -48,b1a+25 0 7264 0,\
2+0 0 7264 0,6+0 0 7264 0,3+2a 3008 0 0,3+2 3008 0 0,2a1+4f 0 38864 0,1+5 0 8 0,3+5 -8 0 -8,883+0 -6254 0 -6254,\
1+0 -6253 0 -6253,1+0 -6244 0 -6244,1+1 -6242 0 -6242,1+0 -6243 0 -6243,1+0 -6236 0 -6236,1+0 -6181 0 -6181,\
1+0 35266 0 35266,1+1 ~ ~ ~,6+2a 0 -3008 0,3+2 0 -3008 0,ba+0 35332 0 35332,4+0 3814 0 3814,11+0 35384 0 35384,\
72+95 ~ ~ ~,6+0 -59 0 -59,3+0 0 -7615 0,2+5f ~ ~ ~,1+7 8 0 8,1+7 0 -8 0,1+5 8 0 8,3+5 0 -8 0,3+7 8 0 8,\
1+7 0 -8 0,1+7 8 0 8,1+7 0 -8 0,1+5 8 0 8,3+5 0 -8 0,4+0 8 0 8,2+0 8 0 8,2+0 8 0 8,2+0 8 0 8,2+0 0 -8 0,\
2+0 0 -8 0,2+0 0 -8 0,2+0 0 -8 0,1+7 8 0 8,1+7 0 -8 0,1+1 74 0 74,1+3 86 0 86,1+1 100 0 100,1+1 128 0 128,\
1+1 112 0 112,1+1 126 0 126,3+7 8 0 8,1+7 0 -8 0,1+7 8 0 8,1+7 0 -8 0,1+7 8 0 8,1+7 0 -8 0,1+1 8 0 8,2+0 9 0 9,\
5+1 0 -8 0,1+1 0 -74 0,1+0 0 -9 0,2+0 -7205 0 -7205,5+0 9 0 9,5+3 0 -86 0,1+0 0 -9 0,4+1 8 0 8,7+1 0 -8 0,\
1+1 0 -100 0,5+1 8 0 8,4+0 7 0 7,3+1 0 -8 0,1+1 0 -112 0,1+0 0 -7 0,7+0 9 0 9,5+1 0 -128 0,1+1 0 -126 0,\
1+0 0 -9 0,12a+0 0 -7517 0,4+0 0 -8383 0,1+0 0 -8262 0,7+0 0 28 0,1c+0 -28 0 -28,12+f 0 16 0,1+f -16 0 -16,\
4+1 ~ ~ ~,332+19 0 26 0,1+19 -26 0 -26,717+2f 0 48 0,1+2f -48 0 -48,1+1 ~ ~ ~,1+0 0 -10743 0,1+0 0 -3814 0,\
1+0 0 -10727 0,1+0 -10795 0 -10795,1+0 -10792 0 -10792,1+5 ~ ~ ~,1+0 0 -10780 0,1+0 0 -10749 0,1+0 0 -10783 0,\
1+0 0 -10782 0,2+1 ~ ~ ~,2+1 ~ ~ ~,8+1 0 -10815 0,1+63 ~ ~ ~,8+3 ~ ~ ~,4+1 ~ ~ ~,d+25 -7264 0 -7264,\
2+0 -7264 0 -7264,6+0 -7264 0 -7264,7913+2d ~ ~ ~,13+1b ~ ~ ~,87+d ~ ~ ~,3+3d ~ ~ ~,a+3 ~ ~ ~,1+0 0 -35332 0,\
1+9 ~ ~ ~,4+1 ~ ~ ~,1+0 0 -42280 0,3+3 ~ ~ ~,1+0 48 0 48,2+13 ~ ~ ~,1+0 0 -42308 0,1+0 0 -42319 0,\
1+0 0 -42315 0,1+0 0 -42305 0,1+0 0 -42308 0,2+0 0 -42258 0,1+0 0 -42282 0,1+0 0 -42261 0,1+0 0 928 0,1+f ~ ~ ~,\
1+0 0 -48 0,1+0 0 -42307 0,1+0 0 -35384 0,1+3 ~ ~ ~,1+0 0 -42343 0,1+f ~ ~ ~,1+0 0 -42561 0,19+1 ~ ~ ~,\
35d+0 -928 0 -928,1d+4f -38864 0 -38864,5362+19 0 32 0,7+19 -32 0 -32,4a6+27 0 40 0,1+27 -40 0 -40,61+23 0 40 0,\
5+23 -40 0 -40,75+a 0 39 0,2+e 0 39 0,2+6 0 39 0,2+1 0 39 0,2+a -39 0 -39,2+e -39 0 -39,2+6 -39 0 -39,\
2+1 -39 0 -39,6c4+32 0 64 0,e+32 -64 0 -64,5e+15 0 32 0,b+15 -32 0 -32,b1b+1f 0 32 0,1+1f -32 0 -32,\
5561+1f 0 32 0,1+1f -32 0 -32,21+18 0 27 0,3+18 -27 0 -27,7a2d+21 0 34 0,1+21 -34 0 -34";

/// Simple folding where it is not the lower or else the upper case: from, to.
#[rustfmt::skip]
pub(super) const ORBITS: &str = "\
6b 212a,73 17f,df 1e9e,e5 212b,130 130,131 131,1c4 1c5,1c7 1c8,1ca 1cb,1f1 1f2,390 1fd3,3a3 3c2,3b0 1fe3,\
3b2 3d0,3b5 3f5,3b8 3d1,3b9 1fbe,3ba 3f0,3bc b5,3c0 3d6,3c1 3f1,3c2 3c3,3c6 3d5,3c9 2126,3d1 3f4,3f4 398,\
432 1c80,434 1c81,43e 1c82,441 1c83,442 1c84,44a 1c86,463 1c87,1c84 1c85,1e61 1e9b,1fbe 345,1fd3 390,1fe3 3b0,\
2126 3a9,212a 4b,212b c5,a64b 1c88,fb05 fb06,fb06 fb05";
