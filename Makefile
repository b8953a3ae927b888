# netlabd: GNU make, out of tree in build/. `make help` lists the targets.
CC ?= cc
BUILD ?= build
CFLAGS ?= -O2 -g

std := -std=c17 -D_GNU_SOURCE -Idaemon
warn := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion \
	-Wstrict-prototypes -Wold-style-definition -Wmissing-prototypes -Wundef \
	-Wvla -Wformat=2 -Wswitch-enum -Wcast-qual -Wcast-align -Wwrite-strings \
	-Wpointer-arith -Wnull-dereference -Wimplicit-fallthrough -Wdouble-promotion
hard := -fstack-protector-strong -fstack-clash-protection -fPIE
link := -pie -Wl,-z,relro,-z,now

libs := -lconfuse -lzscanner -lcap-ng -lcrypto
sources := $(filter-out daemon/client/%,$(shell find daemon -name '*.c' | sort))
objects := $(sources:%.c=$(BUILD)/%.o)
library := $(BUILD)/libnetlab.a

all: $(BUILD)/netlabd

$(BUILD)/netlabd: $(BUILD)/daemon/main.o $(library)
	$(CC) $(link) $(LDFLAGS) -o $@ $^ $(libs)

$(library): $(filter-out $(BUILD)/daemon/main.o,$(objects))
	rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(std) $(warn) $(hard) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

-include $(objects:.o=.d)
.PHONY: all
