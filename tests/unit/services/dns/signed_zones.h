/*
 * signed_zones.h — one small zone, signed in three ways, so that tests need no
 * signer. It was made with "-i 20200101000000 -e 20851231235959" of
 * ldns-signzone 1.8.3 (-s and -e of dnssec-signzone 9.18) out of:
 *
 *	$TTL 3600
 *	@ IN SOA ns1 hostmaster 1 7200 3600 1209600 300
 *	@ NS ns1
 *	@ NS ns.example.org.
 *	@ MX 10 mail
 *	ns1 A 192.0.2.1
 *	ns1 AAAA 2001:db8::1
 *	mail A 192.0.2.2
 *	www A 192.0.2.3
 *	www TXT "hello"
 *	alias CNAME www
 *	*.wild A 192.0.2.4
 *	*.wild MX 10 mail
 *	deep.a.b.c A 192.0.2.5
 *	sub NS ns.sub
 *	sub NS ns1
 *	ns.sub A 192.0.2.10
 *	below.sub A 192.0.2.11
 *	safe NS ns.safe
 *	ns.safe A 192.0.2.12
 *	safe DS 12345 13 2 0123456789abcdef… (four times)
 *	old DNAME new
 *	x.new A 192.0.2.6
 *	x.y.opt NS ns.elsewhere.org.
 *
 * Its signatures last as long as their serial arithmetic (RFC 1982) lets them
 * be older and younger than a clock of these years.
 */
#ifndef TESTS_SIGNED_ZONES_H
#define TESTS_SIGNED_ZONES_H

#include "zone_lines.h"

#include <stddef.h>

/* ldns-signzone: NSEC. */
static const char *const signed_zones_nsec[] = {
    "example. 3600 IN SOA ns1.example. hostmaster.example. 1 7200 3600 "
    "1209600 300\n",
    "example. 3600 IN RRSIG SOA 13 1 3600 20851231235959 20200101000000"
    " 45253 example. prJsYwEnvnMKgr7rNoC8Pfe0gtpFM7ynhNaYjW7VZvjXoIcqUW"
    "W3ViT+0cWIVd0beu7GtW79sYqNzMQ5+AlQng==\n",
    "example. 3600 IN NS ns.example.org.\n",
    "example. 3600 IN NS ns1.example.\n",
    "example. 3600 IN RRSIG NS 13 1 3600 20851231235959 20200101000000 "
    "45253 example. 9T6l9ofwTYAHLY74qrGURbSne0UXy0YGbCQOfpPT0oTjSmTEn15"
    "h8LNZygeZLHEkll2gdF8RUyruwN2rymaHYw==\n",
    "example. 3600 IN MX 10 mail.example.\n",
    "example. 3600 IN RRSIG MX 13 1 3600 20851231235959 20200101000000 "
    "45253 example. ANQZq7OTAnbT13VmBMHn5Q5b5065h4fVS8cDK6iKdHRAXxuPnCI"
    "w+ILJvPZ6xakkQDq/oaAVctZgtEorkcUuVQ==\n",
    "example. 3600 IN DNSKEY 256 3 13 sx43qNRI97sy60W/y2GFpZ++jvcSmBFaX"
    "A3C6317GCJn0u5eWrY1A0hDwdgAUTb8OzILsH4ea18cMlX9pV21ug==\n",
    "example. 3600 IN DNSKEY 257 3 13 /wt2D/XRyDiFcKQG9ot9A2HBYXVkGA6Du"
    "6WkIbzcppWruKaDxuv8MZU84g7J6FqeN4rGT8Z8vafvaS8o8smh4w==\n",
    "example. 3600 IN RRSIG DNSKEY 13 1 3600 20851231235959 20200101000"
    "000 46001 example. HP6rOcy1t6mSt3xTkPBSRXz0HaIiwVu377zpZH+naJUFFXy"
    "4wSpXV8cXR/lUF9L95Eq8St57HulHsm5Mu0YNTA==\n",
    "example. 300 IN NSEC alias.example. NS SOA MX RRSIG NSEC DNSKEY\n",
    "example. 300 IN RRSIG NSEC 13 1 300 20851231235959 20200101000000 "
    "45253 example. fvI9pb+w4kb5+VbFjbj/kLGRmYFB7S+hzLTxGyZuUZq7WLe49yJ"
    "zXaPCvSUoWFdZw01gdxASzWgdeuBaJUswgA==\n",
    "alias.example. 3600 IN CNAME www.example.\n",
    "alias.example. 3600 IN RRSIG CNAME 13 2 3600 20851231235959 202001"
    "01000000 45253 example. 7f8zP21YpC9nMjZMIkuRfkr7258Oxwv+DEvzPNWv41"
    "BRMY+YwoafUy9K+8t7CASL/Dg89DjFKRTC2Bk7Jrs7/g==\n",
    "alias.example. 300 IN NSEC deep.a.b.c.example. CNAME RRSIG NSEC\n",
    "alias.example. 300 IN RRSIG NSEC 13 2 300 20851231235959 202001010"
    "00000 45253 example. Efp2KWzzZ88yIou4qQGK5rqQHHSxMEovFkbncrUDWol/Y"
    "iBpsfPPfidz1m1zRoz0V64qbh3lPhzkh6psKGKJhg==\n",
    "deep.a.b.c.example. 3600 IN A 192.0.2.5\n",
    "deep.a.b.c.example. 3600 IN RRSIG A 13 5 3600 20851231235959 20200"
    "101000000 45253 example. FPc62c34bPgzSWrwM0fgkw9e+xqD3sC9XKwJLAt9v"
    "c8bH2JGLP+Is24USRwt6U4S8MYHnTj+UFm3a44C3Le7kg==\n",
    "deep.a.b.c.example. 300 IN NSEC mail.example. A RRSIG NSEC\n",
    "deep.a.b.c.example. 300 IN RRSIG NSEC 13 5 300 20851231235959 2020"
    "0101000000 45253 example. Jz0kaqlbzYiy/mxiJrwZ1MXv6Oe0cH7IPp/a1gck"
    "K76WgJ4HCV90IJt0It4TNuIPF9X+BhKyPCWFPwGWy1tMOQ==\n",
    "mail.example. 3600 IN A 192.0.2.2\n",
    "mail.example. 3600 IN RRSIG A 13 2 3600 20851231235959 20200101000"
    "000 45253 example. FBsrwbvMYa9ztYCP3uIKK4+fZDMb3BNtrVz7Pf8mH4sP4aA"
    "I3WXj5tiTIgrAxIiqGRQCRcWZ13UP26LKnaTaBg==\n",
    "mail.example. 300 IN NSEC x.new.example. A RRSIG NSEC\n",
    "mail.example. 300 IN RRSIG NSEC 13 2 300 20851231235959 2020010100"
    "0000 45253 example. TUQ22e+jjX2E1ZN9HYmvwBBNEh0EZ1sIOOGlw/WvnRLJiA"
    "O6jyhhv5Hsv0HwGq2HNDal2nMwmRoJ/ZZu0DblHg==\n",
    "x.new.example. 3600 IN A 192.0.2.6\n",
    "x.new.example. 3600 IN RRSIG A 13 3 3600 20851231235959 2020010100"
    "0000 45253 example. rFkoC4RXZbcW9iUstUeaQjMTTKFP2mMYrYvBbHY9Cq3pZI"
    "yZLbU5D+XvMtVqIjuGyQyMxLrdTra48ij63dLVFA==\n",
    "x.new.example. 300 IN NSEC ns1.example. A RRSIG NSEC\n",
    "x.new.example. 300 IN RRSIG NSEC 13 3 300 20851231235959 202001010"
    "00000 45253 example. cRcN8Sb/OyNqpla+q7Z9DREMBm/A75crCeoo0fI+oAi+4"
    "ee42yYQLcOQpv9DpBhjVdbLZb9wIcfX3lwvYT1Lfw==\n",
    "ns1.example. 3600 IN A 192.0.2.1\n",
    "ns1.example. 3600 IN RRSIG A 13 2 3600 20851231235959 202001010000"
    "00 45253 example. sW5dFRN0lEozMausSsS/KGESDj0zvLOcADJ9oDzeyWdkQy0z"
    "rbB0u1aXO4sEo4PGYvLdk0+nGvnrOkT/T+a+mA==\n",
    "ns1.example. 3600 IN AAAA 2001:db8::1\n",
    "ns1.example. 3600 IN RRSIG AAAA 13 2 3600 20851231235959 202001010"
    "00000 45253 example. Wy35l9fgt1rHGchKvmSt0k69/DjegQ40avn6AnbXjuudO"
    "FPtJb16PvegIbZCyt/bpb41/MLcwqiNTXgG4t1u4w==\n",
    "ns1.example. 300 IN NSEC old.example. A AAAA RRSIG NSEC\n",
    "ns1.example. 300 IN RRSIG NSEC 13 2 300 20851231235959 20200101000"
    "000 45253 example. 91kKvv7D/pao3LUR1dqrgKUPxVs/WRMVSP4qW/CChnoaDpL"
    "8oW8d5mjiXH/gUn5RbYPw2lvl8k0vKzYkeEnaLQ==\n",
    "old.example. 3600 IN DNAME new.example.\n",
    "old.example. 3600 IN RRSIG DNAME 13 2 3600 20851231235959 20200101"
    "000000 45253 example. 9vOzIyNm9TIBLf89JO1Emb2UaZJv6pV8MrNaOFquMVg5"
    "M++0DLlJJMJE7Ou2CpW9BrcbHsh0zg1JYFRWhS0jrA==\n",
    "old.example. 300 IN NSEC x.y.opt.example. DNAME RRSIG NSEC\n",
    "old.example. 300 IN RRSIG NSEC 13 2 300 20851231235959 20200101000"
    "000 45253 example. +tAW7pNu6oGC6HvdE8ocSqdReWwf0ElVmIX2Wd75butuQ5z"
    "FxjCQqxhcnI+RBWkOuaCzDu6OmmHWNfnEM/6lAw==\n",
    "x.y.opt.example. 3600 IN NS ns.elsewhere.org.\n",
    "x.y.opt.example. 300 IN NSEC safe.example. NS RRSIG NSEC\n",
    "x.y.opt.example. 300 IN RRSIG NSEC 13 4 300 20851231235959 2020010"
    "1000000 45253 example. /3NCTd9SpFYIBIpjeYsQKtYmiGc7UJWQpcNvgR/+Gk0"
    "iMjTWnqMjwvlGvr/w1GQfN34zgxpnNm1HPMW+ELQqEw==\n",
    "safe.example. 3600 IN NS ns.safe.example.\n",
    "safe.example. 3600 IN DS 12345 13 2 0123456789abcdef0123456789abcd"
    "ef0123456789abcdef0123456789abcdef\n",
    "safe.example. 3600 IN RRSIG DS 13 2 3600 20851231235959 2020010100"
    "0000 45253 example. 2Bftb7yucjxbYCArJ+UYYKt3R0TOu3QLXZ2QzqdoWR57xb"
    "LjzzSD/gRc+BGZDFOy3Rf1gp/S9y55CDCcpGuFLw==\n",
    "safe.example. 300 IN NSEC sub.example. NS DS RRSIG NSEC\n",
    "safe.example. 300 IN RRSIG NSEC 13 2 300 20851231235959 2020010100"
    "0000 45253 example. FB/uQNJnITJZBfPKdVGKyEenf2evaa6PHrC6W5c4YENOW6"
    "ydm/m5O5jOtq3uvqHQ2Zy+Q3uCdlWp9/xWcN651Q==\n",
    "ns.safe.example. 3600 IN A 192.0.2.12\n",
    "sub.example. 3600 IN NS ns.sub.example.\n",
    "sub.example. 3600 IN NS ns1.example.\n",
    "sub.example. 300 IN NSEC *.wild.example. NS RRSIG NSEC\n",
    "sub.example. 300 IN RRSIG NSEC 13 2 300 20851231235959 20200101000"
    "000 45253 example. tNO6sWcrewa5P9nLeQBAkG6hlQBsXj8P3Pd+DHTSMoxwg4y"
    "Z9dxuRE29B+lfxSjKO+FeO/XVXBlbz5i9nmP90g==\n",
    "below.sub.example. 3600 IN A 192.0.2.11\n",
    "ns.sub.example. 3600 IN A 192.0.2.10\n",
    "*.wild.example. 3600 IN A 192.0.2.4\n",
    "*.wild.example. 3600 IN RRSIG A 13 2 3600 20851231235959 202001010"
    "00000 45253 example. 8oecDEz1XQ0GK3pIFJvwkOEUjsCPOK0ApJd75irSn/dNm"
    "EPvDy5jkQaYl2q1aH9P8Ryeol2uTGSH16iSVTu9tA==\n",
    "*.wild.example. 3600 IN MX 10 mail.example.\n",
    "*.wild.example. 3600 IN RRSIG MX 13 2 3600 20851231235959 20200101"
    "000000 45253 example. GNF2q7UFmdGadtXV7e3KDSLpLO5la49IwhGU+bNEBwv2"
    "zGOqZjxLz/1bt3Y1O29QWBBa7PRr32DzKFAC7JvHRQ==\n",
    "*.wild.example. 300 IN NSEC www.example. A MX RRSIG NSEC\n",
    "*.wild.example. 300 IN RRSIG NSEC 13 2 300 20851231235959 20200101"
    "000000 45253 example. V0UZBzLHHhytqo7/SliwjvetHxypTYaOzfA+NRamJKF8"
    "KOb0+qVc4/SqX0ZiyogBEPoK38emVUsLq/wDHkqUnw==\n",
    "www.example. 3600 IN A 192.0.2.3\n",
    "www.example. 3600 IN RRSIG A 13 2 3600 20851231235959 202001010000"
    "00 45253 example. ehGf/x9dyPPsLqQHi/Is/F31Sv9C4KHe449lUl9IXyz40hiD"
    "oIi3epbXvacJBkL7fAK+Gindyz62KNT9ztqU8A==\n",
    "www.example. 3600 IN TXT \"hello\"\n",
    "www.example. 3600 IN RRSIG TXT 13 2 3600 20851231235959 2020010100"
    "0000 45253 example. HndiEBuK7h0AkBHlrU9HDq/VuheEqq9bViGnwsciX5KyCw"
    "dMhwO3wiUZHjV9fBkfz3AOmKSK5in5QYF2LzVLIg==\n",
    "www.example. 300 IN NSEC example. A TXT RRSIG NSEC\n",
    "www.example. 300 IN RRSIG NSEC 13 2 300 20851231235959 20200101000"
    "000 45253 example. BLCpXBGG4IOtVsR/1t4vS+bqhkAMMulLANqKickuost0rpg"
    "wcD5dMb/X7MN2QpKPBKBVcN9A1tXueFtBx89RHg==\n",
    NULL,
};

/* ldns-signzone -n -s aabb -t 5: NSEC3, unsigned delegations hashed, too. */
static const char *const signed_zones_nsec3[] = {
    "example. 3600 IN SOA ns1.example. hostmaster.example. 1 7200 3600 "
    "1209600 300\n",
    "example. 3600 IN RRSIG SOA 13 1 3600 20851231235959 20200101000000"
    " 45253 example. Gxf3G3/nRjAubkJ1D4gTFVEXgb7nIUs+iPhSEQWFKKoY4XDT/N"
    "tqJ6VIJLvtGMBEAtqUrQpsr1MY258zSFGQEA==\n",
    "example. 3600 IN NS ns.example.org.\n",
    "example. 3600 IN NS ns1.example.\n",
    "example. 3600 IN RRSIG NS 13 1 3600 20851231235959 20200101000000 "
    "45253 example. lAOMo5abReHGkLHSJm8FO4MC6Bbk7Qk90BvUD1gskDQ9mrxoowE"
    "wPO9ErFOan2gd7qpbbaeM9taTw3oSzp9cJw==\n",
    "example. 3600 IN MX 10 mail.example.\n",
    "example. 3600 IN RRSIG MX 13 1 3600 20851231235959 20200101000000 "
    "45253 example. /6s8QB4a1QeGVTJRe2oIPGAMii3jhuugd5NcaHF5g8Meq83446N"
    "/7Oiz8JjXy1cs9hgWy/B2Hnm61bGICNxa6Q==\n",
    "example. 3600 IN DNSKEY 256 3 13 sx43qNRI97sy60W/y2GFpZ++jvcSmBFaX"
    "A3C6317GCJn0u5eWrY1A0hDwdgAUTb8OzILsH4ea18cMlX9pV21ug==\n",
    "example. 3600 IN DNSKEY 257 3 13 /wt2D/XRyDiFcKQG9ot9A2HBYXVkGA6Du"
    "6WkIbzcppWruKaDxuv8MZU84g7J6FqeN4rGT8Z8vafvaS8o8smh4w==\n",
    "example. 3600 IN RRSIG DNSKEY 13 1 3600 20851231235959 20200101000"
    "000 46001 example. i9aZlJQJPCGPc3ptpxqLHHvsCZ5Ftn1HDNAW1WqGrWXYg6I"
    "tTiu9uleFuf6HXkOyADQhhgUwqwUEQ+PQ5VrIeA==\n",
    "example. 3600 IN NSEC3PARAM 1 0 5 aabb\n",
    "example. 3600 IN RRSIG NSEC3PARAM 13 1 3600 20851231235959 2020010"
    "1000000 45253 example. c+DLACUyzEULfsaLRMS5/Z3+Xae+4bBRs1CSAgmIK9V"
    "8iBauPMhilU90JYXhhOh6km7S4hOLJE1i1L6Gtx3D1g==\n",
    "5e5lt45har2boe823b9eusg3orb1618o.example. 300 IN NSEC3 1 0 5 aabb "
    "7007l97q1pvgu8u38bval5oa6df06mmt NS SOA MX RRSIG DNSKEY NSEC3PARAM\n",
    "5e5lt45har2boe823b9eusg3orb1618o.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. uMS2gE+8zfmMTrvtd"
    "DgPzjgtEMeMpGNj6u1rIacPplGoECZiw+eoGJNhh4zUOcsX2E3dcyULEMD7EXS81qW"
    "dQQ==\n",
    "alias.example. 3600 IN CNAME www.example.\n",
    "alias.example. 3600 IN RRSIG CNAME 13 2 3600 20851231235959 202001"
    "01000000 45253 example. bL0rvmydx2c1M4m6CmwDhytFwumL3g01Zcnc21sF3J"
    "4icIl6W1cikUzySOGnKe6OyIPCkrmxnfm1ylK0bA1yig==\n",
    "r66si5mjntqmr4kj413oqnsehb0cam9v.example. 300 IN NSEC3 1 0 5 aabb "
    "skg84k84ma1qp1oi5bmei304url2gjoc CNAME RRSIG\n",
    "r66si5mjntqmr4kj413oqnsehb0cam9v.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. dd0aomx9yYD/FOOOd"
    "VJfoxjwMRYNSFBRaM4hcNrP3/LkscvrbW219Ot+UKBISW1t+mg1qBgcMiqaSmlXwpW"
    "OuQ==\n",
    "ksvmjkgjc1ipde89a1g9ups1iv7qlrmd.example. 300 IN NSEC3 1 0 5 aabb "
    "l4esmibu9sjlv54m9kdr6rq613lt4rth\n",
    "ksvmjkgjc1ipde89a1g9ups1iv7qlrmd.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. FduyTWe7G8l+OnXRg"
    "mvtTAeHjgTjOssKUtIW2bkpQHKgpm4rdHz9+KfVOthfP7laIFSnTwaggcwcWda1Ni2"
    "isQ==\n",
    "vpbg9kiocio36d9hr183ra92rle8u38b.example. 300 IN NSEC3 1 0 5 aabb "
    "5e5lt45har2boe823b9eusg3orb1618o\n",
    "vpbg9kiocio36d9hr183ra92rle8u38b.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. ++BSWEYEqvaGSrEEK"
    "gUiN8Dm6eiW5A4LUO6sjW+Io8HeAHPL9igTTV7lERbQSTZVtutEL6fRpNYIcyGeacW"
    "eHA==\n",
    "7007l97q1pvgu8u38bval5oa6df06mmt.example. 300 IN NSEC3 1 0 5 aabb "
    "79lu05g5qfpjumv73kvejod8tgofie5a\n",
    "7007l97q1pvgu8u38bval5oa6df06mmt.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. OoaFKBbubmOs4ab4M"
    "Yok3v4vnqmCZjhLfTb6T1MiAOLmzxAJ2R0we5ZiE7IahLAVchn+9rqWb+BqFO3DMbC"
    "fRQ==\n",
    "deep.a.b.c.example. 3600 IN A 192.0.2.5\n",
    "deep.a.b.c.example. 3600 IN RRSIG A 13 5 3600 20851231235959 20200"
    "101000000 45253 example. tMhr+cOutV62HRywisSt2yiCnhsPpeY0bDFd2Ww5i"
    "qgmbWZEF9tertjE9DVKIm3BPZi4OfP2Bc76jDeTrtSMYA==\n",
    "j8gu94npg1t4sjiqat9mg957515bruse.example. 300 IN NSEC3 1 0 5 aabb "
    "kjup2o24nj13hv47db8t27hmq3v4lk40 A RRSIG\n",
    "j8gu94npg1t4sjiqat9mg957515bruse.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. JlgPIVgubw+lSNlJI"
    "ogdi9kB/Lx2foJj2XsINWXfuNa7vtLgt8mUDSjEZelgbSvLAs5tLckAEz2GWpPoSl3"
    "iMw==\n",
    "mail.example. 3600 IN A 192.0.2.2\n",
    "mail.example. 3600 IN RRSIG A 13 2 3600 20851231235959 20200101000"
    "000 45253 example. k8PuJbM141frH7p1/qe3xNV6hDypySoI2Jxh5xsVdj/5ySb"
    "oC2Kfie+QSelKyrUX9Uu9xgsOXo5XCE8EuGBqfA==\n",
    "skg84k84ma1qp1oi5bmei304url2gjoc.example. 300 IN NSEC3 1 0 5 aabb "
    "vdm1hjkna96m89aakhbpbfos6sc3m30e A RRSIG\n",
    "skg84k84ma1qp1oi5bmei304url2gjoc.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. rDdhGmSS1/VG+49zN"
    "iKojwTa+tc/rM3rarqbOyaSfTqaHBhhOzgZWwD5HYC6SCivOJ5sDrm0+9KxIwyBIBD"
    "yOA==\n",
    "mfciq60ohfjs7opl5ptjhirc135kbsbv.example. 300 IN NSEC3 1 0 5 aabb "
    "n971m2kn4lhc4mvmsk2vh2b8liijqs77\n",
    "mfciq60ohfjs7opl5ptjhirc135kbsbv.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. pdmSsJJd/ov5N4dLh"
    "Ob/b8UYjpQUB4OXiFNW6VqmlS3Lzt26YbwMJdRTD2rck9y5M1fPP1RnLHumnQ452vl"
    "skg==\n",
    "x.new.example. 3600 IN A 192.0.2.6\n",
    "x.new.example. 3600 IN RRSIG A 13 3 3600 20851231235959 2020010100"
    "0000 45253 example. I1jm8hDMiVhrZBjviXgFMQ4wTMLyu23DyTH4dki/d54iU4"
    "5ItKts2aHUFArkEBt6q9zUzBf30mGyQ25VD9xeJQ==\n",
    "l4esmibu9sjlv54m9kdr6rq613lt4rth.example. 300 IN NSEC3 1 0 5 aabb "
    "mfciq60ohfjs7opl5ptjhirc135kbsbv A RRSIG\n",
    "l4esmibu9sjlv54m9kdr6rq613lt4rth.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. NN3mRjbCK6CLQpUoB"
    "6krIKIdY3KCzJ91KCJG8cMm4dg5ZroDYNw1ztONWpgATZfB8n1UUCoU3cOVfvv3QH4"
    "S9A==\n",
    "ns1.example. 3600 IN A 192.0.2.1\n",
    "ns1.example. 3600 IN RRSIG A 13 2 3600 20851231235959 202001010000"
    "00 45253 example. vl2heuT3bml1zP1cEHBblHYq9WRWqSN2YZI7O2whs7WkvVfJ"
    "pZR2si5faaNnNQQWlV389ppTssKcaaLaCLtS8A==\n",
    "ns1.example. 3600 IN AAAA 2001:db8::1\n",
    "ns1.example. 3600 IN RRSIG AAAA 13 2 3600 20851231235959 202001010"
    "00000 45253 example. 6edHzVZR6ueYngr8aiyG0IRPSZr6LYUXtzdEcRQQx9ayi"
    "VQTngLqmQy7tTT80rUJHIlqp2NaCbo2vBnATD2IBw==\n",
    "hb60j3pfic8f807mic2eod0jnq318pvk.example. 300 IN NSEC3 1 0 5 aabb "
    "j8gu94npg1t4sjiqat9mg957515bruse A AAAA RRSIG\n",
    "hb60j3pfic8f807mic2eod0jnq318pvk.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. ngxx8ERiMHf9+hUW+"
    "I4yMhQeGLk/xFRHpbqrh8dNit5Z5z1vj8Y/cqN6ehx7VGAP2QQ9MotbsNTlwVICSXP"
    "Low==\n",
    "old.example. 3600 IN DNAME new.example.\n",
    "old.example. 3600 IN RRSIG DNAME 13 2 3600 20851231235959 20200101"
    "000000 45253 example. Y9r01id7RHYrFjPVH46H7/0V1G1EcsT0iCqOshz27WSW"
    "RS0Z04bvr43qGWAKCtWybAWd1gwZVi5yuXRSC0ODVg==\n",
    "bqhvklne4q64e9ljp7qfhivdmofphmlp.example. 300 IN NSEC3 1 0 5 aabb "
    "dbv1351ip329vthb5dhko76srnuic5m1 DNAME RRSIG\n",
    "bqhvklne4q64e9ljp7qfhivdmofphmlp.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. 7Vdu2otAyT30OlaLD"
    "+pJDSOAKNwrhXjXS1O5JbZyvyozTVHZzwis5a5v+dzrWlStV+I7DrfL9sJsR/fpYNv"
    "BHg==\n",
    "femo3tnu91jfq6a3ruu5ko1u7eiqpi72.example. 300 IN NSEC3 1 0 5 aabb "
    "hb60j3pfic8f807mic2eod0jnq318pvk\n",
    "femo3tnu91jfq6a3ruu5ko1u7eiqpi72.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. oOUqeR0+0odrVxPRl"
    "Fyl5W9AtAH8qa3IXCKeXZLS8aBYVSuEF8vBgKnualbjyxZvsu7j6WLuwbrKqKQMjT6"
    "CRQ==\n",
    "n971m2kn4lhc4mvmsk2vh2b8liijqs77.example. 300 IN NSEC3 1 0 5 aabb "
    "r66si5mjntqmr4kj413oqnsehb0cam9v\n",
    "n971m2kn4lhc4mvmsk2vh2b8liijqs77.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. EvC+wJC9C+GgDEAGC"
    "p+EUMmaQuqST6EBod1/Cp729Ze3+WJ0Hfqdz6Y5/LRjPy9vtKRgAmyzWZICBalgQID"
    "z0Q==\n",
    "x.y.opt.example. 3600 IN NS ns.elsewhere.org.\n",
    "dbv1351ip329vthb5dhko76srnuic5m1.example. 300 IN NSEC3 1 0 5 aabb "
    "f60qcd0i8rn7lo768rjtqarqmu175it5 NS\n",
    "dbv1351ip329vthb5dhko76srnuic5m1.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. Yjmyrd5j6CE893fsi"
    "Dp5WHV1MVrZnxSgcCpZsZd6LMgjV+5W55nPfeH6aGGBm27iQvky3S2z3p5X8NJszX6"
    "Cmw==\n",
    "safe.example. 3600 IN NS ns.safe.example.\n",
    "safe.example. 3600 IN DS 12345 13 2 0123456789abcdef0123456789abcd"
    "ef0123456789abcdef0123456789abcdef\n",
    "safe.example. 3600 IN RRSIG DS 13 2 3600 20851231235959 2020010100"
    "0000 45253 example. 7XHMlI5jlcFLOUTiTVx5Z44xDyV7FjZvbgQA+ZAx+VBd7K"
    "t4SDFiuhOPw+hg9GiiLS0BwjzxPf3lcRIbRVKqNw==\n",
    "kjup2o24nj13hv47db8t27hmq3v4lk40.example. 300 IN NSEC3 1 0 5 aabb "
    "krtdl2bltkt7ur7q7hgr10uikgecr48h NS DS RRSIG\n",
    "kjup2o24nj13hv47db8t27hmq3v4lk40.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. miS6DXltAvvjJOqll"
    "FtJa6xTD0hQsKhUUEjIAIIftxdOIOBziaPhtXEaz7+MY4yTqwmLhNbdzk4WblCgnht"
    "+Hw==\n",
    "ns.safe.example. 3600 IN A 192.0.2.12\n",
    "sub.example. 3600 IN NS ns.sub.example.\n",
    "sub.example. 3600 IN NS ns1.example.\n",
    "f60qcd0i8rn7lo768rjtqarqmu175it5.example. 300 IN NSEC3 1 0 5 aabb "
    "femo3tnu91jfq6a3ruu5ko1u7eiqpi72 NS\n",
    "f60qcd0i8rn7lo768rjtqarqmu175it5.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. aZuVjAKkS60nh44rQ"
    "+NfuWo1yKwOdHw+SUaWsizGoqoS/ZoghLTKp49CsnhFaxZsHcDjNblQTe7xzyUvJN9"
    "Q7w==\n",
    "below.sub.example. 3600 IN A 192.0.2.11\n",
    "ns.sub.example. 3600 IN A 192.0.2.10\n",
    "vdm1hjkna96m89aakhbpbfos6sc3m30e.example. 300 IN NSEC3 1 0 5 aabb "
    "vpbg9kiocio36d9hr183ra92rle8u38b\n",
    "vdm1hjkna96m89aakhbpbfos6sc3m30e.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. ToooFOUGclCDth0WY"
    "IwVwue8maxbVApsXxUCtlZhQfqDtK9w8Oeq8+1+BBUYQuvA00HJD0Ud28aPjiH1KwU"
    "V3g==\n",
    "*.wild.example. 3600 IN A 192.0.2.4\n",
    "*.wild.example. 3600 IN RRSIG A 13 2 3600 20851231235959 202001010"
    "00000 45253 example. BHZ+FYZ2Kernb5tuMPZMr/EU2RkR0AA9OoQFy6iQ5lVy9"
    "qnDubOoYrgZZisAtCQcCp6SFUIMjBkGrwik1X2OsQ==\n",
    "*.wild.example. 3600 IN MX 10 mail.example.\n",
    "*.wild.example. 3600 IN RRSIG MX 13 2 3600 20851231235959 20200101"
    "000000 45253 example. 5+P9wIJi9oj/8wjwkDfMid8aYVkiHtuPT/S4nmbOiSo0"
    "32fQABF4IQsQNRUM44lDZOW4TjzGAMwDGwGrtdZINg==\n",
    "krtdl2bltkt7ur7q7hgr10uikgecr48h.example. 300 IN NSEC3 1 0 5 aabb "
    "ksvmjkgjc1ipde89a1g9ups1iv7qlrmd A MX RRSIG\n",
    "krtdl2bltkt7ur7q7hgr10uikgecr48h.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. dtpwbYs43qgX7w95j"
    "qOuNqni0huwj3C7POqczsHKNblX9cMMUC1p07etqTwoOFav0YzGaZIcQAG5c+Bc8oq"
    "lLA==\n",
    "www.example. 3600 IN A 192.0.2.3\n",
    "www.example. 3600 IN RRSIG A 13 2 3600 20851231235959 202001010000"
    "00 45253 example. 4RTPIounJuzYBiAGMC6ArbGjpFldANfEqXfkvzgPE2qO3NaB"
    "5Rz9LsNYGf97/x0o5X8PVvDuYvjsMUKCN/lkHg==\n",
    "www.example. 3600 IN TXT \"hello\"\n",
    "www.example. 3600 IN RRSIG TXT 13 2 3600 20851231235959 2020010100"
    "0000 45253 example. pYG1fpwGqN7ZnY/vrSq26nzdRUk9k32ZcF5Dd0N4V9Bv6e"
    "tyfsMUjKJr8UywwzIyQ4vNJb6wZoV4RW07F1JQGw==\n",
    "79lu05g5qfpjumv73kvejod8tgofie5a.example. 300 IN NSEC3 1 0 5 aabb "
    "bqhvklne4q64e9ljp7qfhivdmofphmlp A TXT RRSIG\n",
    "79lu05g5qfpjumv73kvejod8tgofie5a.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 45253 example. YVBDz8tB38L3Qv8Vh"
    "BIBC3dS173JjED7VqMvkp/Y3vApE/euF9bJpEHJHoPz0Y2O9+Iq2EPbs/JaAuZXEcG"
    "JXA==\n",
    NULL,
};

/* dnssec-signzone -A -3 - -H 0: NSEC3 without unsigned delegations (opt-out),
 * nor the empty non-terminals that only they make. */
static const char *const signed_zones_opt_out[] = {
    "example. 3600 IN SOA ns1.example. hostmaster.example. 1 7200 3600 "
    "1209600 300\n",
    "example. 3600 IN RRSIG SOA 13 1 3600 20851231235959 20200101000000"
    " 4847 example. d0jVUCmgS21TJLv9ImTteM1u5NBesWFKOwhi8DQmwyh00CHwIVy"
    "dLbEN kYIFh+9dkKvLB4qt667TdXjeqGV9mw==\n",
    "example. 3600 IN NS ns.example.org.\n",
    "example. 3600 IN NS ns1.example.\n",
    "example. 3600 IN RRSIG NS 13 1 3600 20851231235959 20200101000000 "
    "4847 example. VlJqqVCExIkxtrQLmCsP4vSk7ZegR+A5KFws4HHQFXruwmnx/DDJ"
    "ngdn WH9HScO9Ey9labXzZ6dUzjVhn26qfw==\n",
    "example. 3600 IN MX 10 mail.example.\n",
    "example. 3600 IN RRSIG MX 13 1 3600 20851231235959 20200101000000 "
    "4847 example. kcOjbiURwzKJJNHNCSbbsJQ8AycXX1WYF+gQY25oPvZGSuRI59wp"
    "OG3O xLAQTGxN4wRdrgq/0+aOUhZ731dUlA==\n",
    "example. 3600 IN DNSKEY 256 3 13 revvyFEJtFfb7CIe1WDv5K0lR/A4E+Wpb"
    "XGNlCDUlBiKG7RN+DjoiP/E 1wOS02ECrbkgH6THlbRtbfaQgEoPTg==\n",
    "example. 3600 IN DNSKEY 257 3 13 mozO8ybJwDQ9nb3NWav7D9xHQUkm5uE8o"
    "gANQ0S53DeBgbeUdsLcBv5o +MAGmgFhsLywIqwy2my+lTTn5fOFCg==\n",
    "example. 3600 IN RRSIG DNSKEY 13 1 3600 20851231235959 20200101000"
    "000 4847 example. eDC7/kXlQk1jXdr8OzUihu+ouegABBmc6m1GwApYxlJ3fTp9"
    "l51A8WMj yoDCFwU0okfngZIHiFpjvqaX0rjDtw==\n",
    "example. 3600 IN RRSIG DNSKEY 13 1 3600 20851231235959 20200101000"
    "000 27546 example. LIoAu2ThtPS1nxVBSstIeu1fSDwQVyDHo/uKriUpTXwmEKm"
    "5NdfU1NVs iuq8J4iopcl4oHGQjY4GHNTJeE7Yxg==\n",
    "example. 0 IN NSEC3PARAM 1 0 0 -\n",
    "example. 0 IN RRSIG NSEC3PARAM 13 1 0 20851231235959 2020010100000"
    "0 4847 example. ERGouC0xipztYbDPxuBvwI/13djutvhUz4CaCcCf1KQYv6goxd"
    "KflYr4 KRjqv6xKMZ/X1b+ZqTwYhbxjpRgXOQ==\n",
    "alias.example. 3600 IN CNAME www.example.\n",
    "alias.example. 3600 IN RRSIG CNAME 13 2 3600 20851231235959 202001"
    "01000000 4847 example. JFnH+caWFJZmJG6sRdRaP1U/f8hNJ0iYRHXVAskTB9K"
    "3ljzJPAnbhhpN TKx3cg3SC6yKj6UJzrBNwurFzSnebg==\n",
    "deep.a.b.c.example. 3600 IN A 192.0.2.5\n",
    "deep.a.b.c.example. 3600 IN RRSIG A 13 5 3600 20851231235959 20200"
    "101000000 4847 example. cCkrHIQp5hAShZ6TTBIkG3GoW0ZMSc2FNQXhUskaFx"
    "im5poYgvH9jYCp a33vsmqH1/snDJEwMhj2csEuBSmkig==\n",
    "mail.example. 3600 IN A 192.0.2.2\n",
    "mail.example. 3600 IN RRSIG A 13 2 3600 20851231235959 20200101000"
    "000 4847 example. cEsLVnOKr5UUBOu85rUsWOqBj3HksMOVCglWI9llWwad23Bs"
    "EtYZzjY8 410zd5R0LMG59Jm6HtfjH6anSGbpLg==\n",
    "x.y.opt.example. 3600 IN NS ns.elsewhere.org.\n",
    "old.example. 3600 IN DNAME new.example.\n",
    "old.example. 3600 IN RRSIG DNAME 13 2 3600 20851231235959 20200101"
    "000000 4847 example. vsYCDoE/QJwO75KhRxjk6OQLL5HNu+SQYoku0QqwaZSLc"
    "iEeUUqyVJBu BhuH1FNsezwM4Q1o23Wt97zUVSCgwA==\n",
    "ns.safe.example. 3600 IN A 192.0.2.12\n",
    "sub.example. 3600 IN NS ns.sub.example.\n",
    "sub.example. 3600 IN NS ns1.example.\n",
    "below.sub.example. 3600 IN A 192.0.2.11\n",
    "ns.sub.example. 3600 IN A 192.0.2.10\n",
    "x.new.example. 3600 IN A 192.0.2.6\n",
    "x.new.example. 3600 IN RRSIG A 13 3 3600 20851231235959 2020010100"
    "0000 4847 example. 3RSlvknXBKr0dX7zNHjqOQ7jYVTWJe+FFeUmm+uttzRG5Mj"
    "UcQfjcwM3 NwKbicF9uthUiXCI9y3BMpEx0joEsA==\n",
    "ns1.example. 3600 IN A 192.0.2.1\n",
    "ns1.example. 3600 IN RRSIG A 13 2 3600 20851231235959 202001010000"
    "00 4847 example. om9Gl/pR9K0zbwtEevadCylPJ2DPhq0vePOs5ri9tPr1r/w6i"
    "S6kHsu6 CjlXaMuGhnSprxgQXMYMkyjdxCJiVw==\n",
    "ns1.example. 3600 IN AAAA 2001:db8::1\n",
    "ns1.example. 3600 IN RRSIG AAAA 13 2 3600 20851231235959 202001010"
    "00000 4847 example. uwLDSFa7kyV/b2SWtZ8lymVz+PO9mCX+e5yW1+MhvuyjUV"
    "5w92Gagw/M DKpBQsQ+cIjPus+eSWUuBPvOC2puKg==\n",
    "safe.example. 3600 IN NS ns.safe.example.\n",
    "safe.example. 3600 IN DS 12345 13 2 0123456789ABCDEF0123456789ABCD"
    "EF0123456789ABCDEF01234567 89ABCDEF\n",
    "safe.example. 3600 IN RRSIG DS 13 2 3600 20851231235959 2020010100"
    "0000 4847 example. ptI460UcbJ5Xomn4HLYZ5HuhSbiPh+7t9jLihcjz3OOmkz9"
    "TxlIt19yc 5iDH1bE1OWYhjS7N2bVExmInpyLlVg==\n",
    "*.wild.example. 3600 IN A 192.0.2.4\n",
    "*.wild.example. 3600 IN RRSIG A 13 2 3600 20851231235959 202001010"
    "00000 4847 example. cmnDj/APYj9Hv+L1tWjcPtM0w+AuUNHB3G8FwFwir1fDPP"
    "15rnu/4CsI fcvK4gf2GKfOZ5hcDSmibvbb1zVcnA==\n",
    "*.wild.example. 3600 IN MX 10 mail.example.\n",
    "*.wild.example. 3600 IN RRSIG MX 13 2 3600 20851231235959 20200101"
    "000000 4847 example. xRpS753iJSGTRzpE8T57HZyUgaXC3ddb/mV6aTELnqIEi"
    "beFGducYxpw ig0E2BbOuwGXnVumH1TNZEgd08YBGg==\n",
    "www.example. 3600 IN A 192.0.2.3\n",
    "www.example. 3600 IN RRSIG A 13 2 3600 20851231235959 202001010000"
    "00 4847 example. +eX1+ERPo+FV6OlbPOO27uDNqliOyRoxV2RaC7qRNH8WVklTQ"
    "cwrWIp0 PAaVQK6GE/8GIrghQK8vTgYBDrX3qw==\n",
    "www.example. 3600 IN TXT \"hello\"\n",
    "www.example. 3600 IN RRSIG TXT 13 2 3600 20851231235959 2020010100"
    "0000 4847 example. 2m06U/ico33gO16xfsdxyM0y4Oc0rzHJeapyxztqyxsF1z9"
    "Ync/YrsRz UZ8CeXYGY4WtnHuQ7Qv+1ZZftgSeNQ==\n",
    "3MSEV9USMD4BR9S97V51R2TDVMR9IQO1.example. 300 IN NSEC3 1 1 0 - 8AG"
    "M2CRJ5DM2HPI9EMKK214CCJ3738K9 NS SOA MX RRSIG DNSKEY NSEC3PARAM\n",
    "3MSEV9USMD4BR9S97V51R2TDVMR9IQO1.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 4847 example. leval5a1gm5/yuwTZJ"
    "14MBXdYD5EhaGd7rpSsTTA1HctgvQkfaSOGpLK DmKQ/HuFbzX33NHjIUojyGUcgHy"
    "3dw==\n",
    "0P8OHICTLAGGI89OC6B9U9J3TR7F6L6P.example. 300 IN NSEC3 1 1 0 - 3MS"
    "EV9USMD4BR9S97V51R2TDVMR9IQO1 A RRSIG\n",
    "0P8OHICTLAGGI89OC6B9U9J3TR7F6L6P.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 4847 example. wMtENH91IZokmUD/qr"
    "aQMe9FbFr8OFGNByyWmxnOvKiEJcKpWPwBRdAD 4qi18NZE5oaQ8iBCmPiALQWpXHj"
    "W9g==\n",
    "ATUTAKMS2NNIOD8SIE19KMFB3UQD60KQ.example. 300 IN NSEC3 1 1 0 - BVI"
    "F8AH89VE59REIRAF6VINE5Q3EGB9L\n",
    "ATUTAKMS2NNIOD8SIE19KMFB3UQD60KQ.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 4847 example. NbBB1LEMZRybqKtb5l"
    "SzSHPR9mtQiLu5Hms8sKJpB3gWbRirKkCBD1qn vV4JLv4kepHROq7RYEgiOb1mrur"
    "FFQ==\n",
    "9KQNRPNEKPLBCT2M3K9JH3CLJVIOK2B5.example. 300 IN NSEC3 1 1 0 - ATU"
    "TAKMS2NNIOD8SIE19KMFB3UQD60KQ A TXT RRSIG\n",
    "9KQNRPNEKPLBCT2M3K9JH3CLJVIOK2B5.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 4847 example. AaqZsEnKPMGx3q6GI4"
    "tuBpYAZsOTA4nfnBiSSk6viIlSM9PSCsiNm8M5 Z7KfBzx7qiikb16Z0wHKpE/744F"
    "9Jg==\n",
    "BVIF8AH89VE59REIRAF6VINE5Q3EGB9L.example. 300 IN NSEC3 1 1 0 - GRG"
    "G3PHJ98AQD982NCG04K49UCJPJG1P\n",
    "BVIF8AH89VE59REIRAF6VINE5Q3EGB9L.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 4847 example. e/gH48KAlTlldJMCYB"
    "ijBFgu9hheUJq9U/fiQ72VP+XQTP2oc8AFmRG5 nobDs8NOdI5wIYj+oRj2HpVuzrk"
    "Ogg==\n",
    "8AGM2CRJ5DM2HPI9EMKK214CCJ3738K9.example. 300 IN NSEC3 1 1 0 - 9KQ"
    "NRPNEKPLBCT2M3K9JH3CLJVIOK2B5\n",
    "8AGM2CRJ5DM2HPI9EMKK214CCJ3738K9.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 4847 example. EkqiWFif7krK28B6uR"
    "LnaoF57iMyTxlYz+t2Aw6lrd8fPPRJ9e6FQeDX +L2bSDtXZAS8iSvu6RyCwy3siiv"
    "OYQ==\n",
    "GRGG3PHJ98AQD982NCG04K49UCJPJG1P.example. 300 IN NSEC3 1 1 0 - KGQ"
    "B5F8CKE123Q17PAPOMFBRL1TC0551 CNAME RRSIG\n",
    "GRGG3PHJ98AQD982NCG04K49UCJPJG1P.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 4847 example. d9B0hQRPJaCywN1c5H"
    "d833qOJHQxUUhcTAEhXxUtpfkYoXbfKxmFWF2R 2MnT7itK6ZRHVNuPLoUnvGP0B5G"
    "NrQ==\n",
    "M1O89LFDO9RRF2F8R8SS42D81D09V48M.example. 300 IN NSEC3 1 1 0 - NDU"
    "QQO4NE4PJH2DSB3B775D1ROKVPI74 A AAAA RRSIG\n",
    "M1O89LFDO9RRF2F8R8SS42D81D09V48M.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 4847 example. 0coV3Bu6j+CllAT0XT"
    "e+YWC2F0ngTi3L5LlUY+ve9DfgqQW1tfW+i+WB WodIHmWyNWxCjIn058A7GPA35Xs"
    "43w==\n",
    "KGQB5F8CKE123Q17PAPOMFBRL1TC0551.example. 300 IN NSEC3 1 1 0 - L6M"
    "CC8OOQDCSQOA6VBPS9EFDJPCB54OT\n",
    "KGQB5F8CKE123Q17PAPOMFBRL1TC0551.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 4847 example. /0bdOjPI6h0rKiRye/"
    "+dh0svwpLQGccdAREAlK23BoQy2OKq0S06tF7L ZX3gty804ZWfBrvtwxbIn4TlzTt"
    "6ww==\n",
    "L6MCC8OOQDCSQOA6VBPS9EFDJPCB54OT.example. 300 IN NSEC3 1 1 0 - M1O"
    "89LFDO9RRF2F8R8SS42D81D09V48M DNAME RRSIG\n",
    "L6MCC8OOQDCSQOA6VBPS9EFDJPCB54OT.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 4847 example. SurG41QOClNyOIPB0w"
    "DAG5mOfLKwNTACEVaiF0+6Winor4/eoT0IsKfc jGwOeTs/TdK8m5+pdKsirN/TtA9"
    "dPA==\n",
    "NDUQQO4NE4PJH2DSB3B775D1ROKVPI74.example. 300 IN NSEC3 1 1 0 - O13"
    "3JC5MTD9PMVPDIOBHJEM12KE3SC6M\n",
    "NDUQQO4NE4PJH2DSB3B775D1ROKVPI74.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 4847 example. GtP0Wwyv7iem6CQ0wo"
    "zozF37R3+T9slBDwIU1AAm/ueUti2OUA1I+bVC f7O2VA3OloVOclL8YOBguKVpNVr"
    "GAg==\n",
    "O133JC5MTD9PMVPDIOBHJEM12KE3SC6M.example. 300 IN NSEC3 1 1 0 - Q49"
    "00C1CJMIPNHP5MNBGMLTE8ET5NHOG A RRSIG\n",
    "O133JC5MTD9PMVPDIOBHJEM12KE3SC6M.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 4847 example. sqqhLd1y1Q1R8EV2mN"
    "WrgdEiMAdA1rXyD5rofSAgCyqSNEg8/QHADQ5T 38YEbWnO62fbqbTlmoB2c4RgkdU"
    "UDA==\n",
    "Q4900C1CJMIPNHP5MNBGMLTE8ET5NHOG.example. 300 IN NSEC3 1 1 0 - SC0"
    "8HGR93KJ9BH63TR8ETUUONEQV9MND A MX RRSIG\n",
    "Q4900C1CJMIPNHP5MNBGMLTE8ET5NHOG.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 4847 example. BUqDuqNZp8b2x9/Yzd"
    "3hXpuf6HGkF82j/vdE4/bRrFudM/NOh1Rgvm17 6fc5YKX1a4xieQSS2wrWu6edMzk"
    "czg==\n",
    "SC08HGR93KJ9BH63TR8ETUUONEQV9MND.example. 300 IN NSEC3 1 1 0 - VQE"
    "8EPP7EFHKLM4R7QAQSCAES29VQ0E7 NS DS RRSIG\n",
    "SC08HGR93KJ9BH63TR8ETUUONEQV9MND.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 4847 example. tctvmXQI0KhyL5Ilog"
    "j4bmpNvi3uQ/04cApkQ2EcgDr3UKypJzpPwtmf pDUb13FPfpN3p7w2Z9ZeHhod1/R"
    "CFg==\n",
    "VQE8EPP7EFHKLM4R7QAQSCAES29VQ0E7.example. 300 IN NSEC3 1 1 0 - 0P8"
    "OHICTLAGGI89OC6B9U9J3TR7F6L6P A RRSIG\n",
    "VQE8EPP7EFHKLM4R7QAQSCAES29VQ0E7.example. 300 IN RRSIG NSEC3 13 2 "
    "300 20851231235959 20200101000000 4847 example. cgvUpOfGZgXZdITYli"
    "jBcV7tc7bTjXwNd8mAFOG0tojwHtY76jOa4P27 XKIweZl9BHBl9SSAz5VON9+gO/C"
    "qQw==\n",
    NULL,
};

/* The whole text of a zone above; to be freed. */
static inline char *
signed_zones_text(const char *const *lines)
{
	return zone_lines_text(lines, NULL);
}

#endif
