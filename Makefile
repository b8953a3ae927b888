# netlabd: GNU make, out of tree in build/. `make help` lists the targets.
#
# What may be given: CC, CFLAGS, CPPFLAGS, LDFLAGS, PREFIX, SYSCONFDIR, DESTDIR,
# WERROR=1 (warnings are errors), SANITIZE=1 (ASan and UBSan, in build/sanitize),
# SETUP=no (install no packages), V=1 (show the whole commands).

PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
BUILD ?= build$(if $(SANITIZE),/sanitize)
# The sanitizers' build is compiled in half the time without optimisation, and most
# of what it runs waits for something else; long fuzz runs have it.
CFLAGS ?= $(if $(SANITIZE),-O0 -g1 -fno-omit-frame-pointer,-O2 -g)
FUZZ_CC ?= clang
FUZZ_SECONDS ?= 600
CLANG_FORMAT ?= clang-format

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: all run setup tests unit-tests check check-unit check-user check-bats check-rooms \
	check-requirements check-fuzz check-peers check-package verify format format-check bench \
	fuzz fuzzers analyze peers flood picture deb install clean help \
	list-unit-programs FORCE

# say: one short line for a command, or all of it with V=1.
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-4s %s\n' $1 $2)

# ------------------------------------------------------------------- setup
# Packages come from packaging/debian/control and from nowhere else. They are
# looked at again when that list or the machine's packages have changed.

# A source package has its debian folder at the top.
control := $(wildcard packaging/debian/control debian/control /var/lib/dpkg/status)
setup_build := $(BUILD)/setup-build
setup_check := $(BUILD)/setup-check

$(setup_build): $(control) packaging/setup.sh
	@mkdir -p $(@D)
	@$(if $(filter no,$(SETUP)),:,packaging/setup.sh nocheck)
	@touch $@

$(setup_check): $(control) packaging/setup.sh
	@mkdir -p $(@D)
	@$(if $(filter no,$(SETUP)),:,packaging/setup.sh check)
	@touch $@

setup: $(setup_check)

# The compiler may have come with the setup just now, so it is asked what it is
# by a rule, not while this file is read; make then starts over.
compiler_mk := $(BUILD)/compiler-$(notdir $(lastword $(CC))).mk
without_compiler := clean help deb setup run check% verify flood picture bench peers format% fuzz analyze

ifneq ($(filter-out $(without_compiler),$(or $(MAKECMDGOALS),all)),)
include $(compiler_mk)
endif

$(compiler_mk): Makefile $(setup_build)
	@{ $(CC) --version | grep -q clang && echo compiler := clang || \
		echo compiler := gcc; \
	echo 'int x;' | $(CC) -Werror -fcf-protection -c -o /dev/null -xc - \
		2>/dev/null && echo cf_protection := -fcf-protection || :; \
	echo '#include <stdio.h>' | $(CC) -Werror -O2 -U_FORTIFY_SOURCE \
		-D_FORTIFY_SOURCE=3 -c -o /dev/null -xc - 2>/dev/null && \
		echo fortify_level := 3 || echo fortify_level := 2; \
	echo 'int main(void) { return 0; }' | $(CC) -fuse-ld=lld -o $@.linked -xc - \
		2>/dev/null && echo quick_linker := -fuse-ld=lld || :; } >$@
	@rm -f $@.linked

# ------------------------------------------------------------------- flags

std := -std=c17 -D_GNU_SOURCE -Idaemon
warn := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion \
	-Wstrict-prototypes -Wold-style-definition -Wmissing-prototypes -Wundef \
	-Wvla -Wformat=2 -Wswitch-enum -Wcast-qual -Wcast-align -Wwrite-strings \
	-Wpointer-arith -Wnull-dereference -Wimplicit-fallthrough \
	-Wdouble-promotion
warn_gcc := -Wlogical-op -Wduplicated-cond -Wduplicated-branches \
	-Wjump-misses-init -Walloca -Wtrampolines
warn_clang := -Wmissing-variable-declarations -Wcomma -Wassign-enum \
	-Wunreachable-code
harden := -fstack-protector-strong -fstack-clash-protection $(cf_protection) -fPIE
harden_gcc := -ftrivial-auto-var-init=zero

ifdef SANITIZE
# _FORTIFY_SOURCE would hide reads and writes from ASan behind its own checks;
# zeroed variables would hide what was forgotten.
sanitize := -fsanitize=address,undefined -fno-sanitize-recover=all
# The coverage that libFuzzer follows: what it links is this build.
fuzz_clang := -fsanitize=fuzzer-no-link
sanitize += $(fuzz_$(compiler))
else
harden += $(harden_$(compiler))
# -U first: some compilers define it themselves, and so may CPPFLAGS, with less.
fortify := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=$(fortify_level)
endif

# gcc 12 takes a pointer that was stored where it does not look for a leak; the
# leak checker of the sanitizers, in the unit tests, does not.
analyzer := -fanalyzer -Wno-analyzer-malloc-leak

# Each unit test is compiled and linked for two builds and runs once in each. That
# takes less than half the time without optimisation (which _FORTIFY_SOURCE asks
# for) and with lld, where it is at hand.
unit_flags := -O0 -g1 -U_FORTIFY_SOURCE $(if $(fuzz_$(compiler)),-fno-sanitize=fuzzer-no-link)
unit_main = -DUNIT_PATH='"$<"' -include tests/unit/unit.h

compile = $(CC) $(std) $(warn) $(warn_$(compiler)) $(if $(WERROR),-Werror) \
	$(if $(ANALYZE),$(analyzer)) $(harden) $(sanitize) $(CPPFLAGS) $(CFLAGS) $(fortify) \
	$(of_units)
link = $(CC) -fPIE -pie -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed $(sanitize) \
	$(CFLAGS) $(LDFLAGS)
daemon_libs := -lconfuse -lzscanner -lcap-ng -lssl -lcrypto -lcrypt -lmosquitto -lunistring
client_libs := -lconfuse -lcrypto -ledit -ljansson -lpcap
libs := $(daemon_libs) $(client_libs)

# ----------------------------------------------------------------- sources
# Found, not listed: a new file is in the program as soon as it is there.

sources := $(shell find daemon -name '*.c' | sort)
objects := $(sources:%.c=$(BUILD)/%.o)
library := $(BUILD)/libnetlab.a

# The unit tests of a folder are one program (tests/unit/run.c): linking takes longer
# than running them. A test that has a symbol of the library's own is one by itself.
unit_sources := $(shell find tests/unit -name '*.c' 2>/dev/null | sort)
unit_tests := $(filter %_test.c,$(unit_sources))
unit_alone := $(patsubst %,tests/unit/%_test.c,loader/loader master/master_keep \
	services/clock/clock $(addprefix worker/worker_,calls control dgram refuse stream wake))
unit_folders := $(sort $(dir $(filter-out $(unit_alone),$(unit_tests))))
unit_programs := $(unit_folders:%=$(BUILD)/%tests) $(unit_alone:%.c=$(BUILD)/%)
unit_run := $(BUILD)/tests/unit/run.o

tool_sources := $(sort $(filter-out %_preload.c, \
	$(wildcard tests/bench/*.c tests/tools/*.c)))
tool_programs := $(tool_sources:%.c=$(BUILD)/%)

# What a program under test is started with, in LD_PRELOAD.
preloads := $(patsubst %.c,$(BUILD)/%.so,$(wildcard tests/tools/*_preload.c))

unit_objects := $(unit_sources:%.c=$(BUILD)/%.o)
test_objects := $(unit_objects) $(tool_sources:%.c=$(BUILD)/%.o)

mains := $(BUILD)/daemon/main.o $(BUILD)/daemon/client/netlab.o

all: $(BUILD)/netlabd $(BUILD)/netlab

# Each takes from the library what it calls, and so never the other's libraries.
$(BUILD)/netlabd: $(BUILD)/daemon/main.o $(library)
	$(call say,LD,$@)
	$(Q)$(link) -o $@ $^ $(daemon_libs)

$(BUILD)/netlab: $(BUILD)/daemon/client/netlab.o $(library)
	$(call say,LD,$@)
	$(Q)$(link) -o $@ $^ $(client_libs)

$(library): $(filter-out $(mains),$(objects)) $(BUILD)/members
	$(call say,AR,$@)
	$(Q)rm -f $@
	$(Q)$(AR) rcs $@ $(filter %.o,$^)

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(compile) $(often) $(define_sysconfdir) $(define_version) \
		-MMD -MP -c -o $@ $<

ifdef SANITIZE
# What tests call millions of times.
$(BUILD)/daemon/core/%.o $(BUILD)/daemon/services/ntp/%.o: often := -O1
endif

# These know where the configuration is.
of_sysconfdir := $(BUILD)/daemon/command.o $(BUILD)/daemon/client/status/verb_status.o
$(of_sysconfdir): define_sysconfdir := -DSYSCONFDIR='"$(SYSCONFDIR)"'
$(of_sysconfdir): $(BUILD)/sysconfdir

# And these, which version this is. Only the package's changelog says it.
changelog := $(firstword $(wildcard packaging/debian/changelog debian/changelog))
version := $(shell sed -n '1s/^netlabd (\(.*\)).*/\1/p' $(changelog))
of_version := $(patsubst %.c,$(BUILD)/%.o,$(shell grep -lrF '"core/version.h"' \
	daemon tests --include='*.c'))
$(of_version): define_version := -DNETLABD_VERSION='"$(version)"'
$(of_version): $(BUILD)/version

# Another compiler, another flag or a file that went away rebuilds what it
# concerns: these files change when their text does.
define text_file
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$1)' | cmp -s - $@ || \
		printf '%s\n' '$(subst ','\'',$1)' >$@
endef

$(BUILD)/flags: FORCE
	$(call text_file,$(compile) $(unit_flags) $(unit_main))

$(BUILD)/sysconfdir: FORCE
	$(call text_file,$(SYSCONFDIR))

$(BUILD)/version: FORCE
	$(call text_file,$(version))

$(BUILD)/members: FORCE
	$(call text_file,$(objects) $(unit_objects))

# --------------------------------------------------------------- test programs

tests: $(unit_programs) $(tool_programs) $(preloads)
unit-tests: $(unit_programs)

$(unit_alone:%.c=$(BUILD)/%): %: %.o

objects_of_folder = $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(unit_alone) %/run.c,$(wildcard $1*.c)))
$(foreach folder,$(unit_folders),$(eval \
	$(BUILD)/$(folder)tests: $(call objects_of_folder,$(folder))))

$(unit_programs): $(unit_run) $(library) $(BUILD)/members
	$(call say,LD,$@)
	$(Q)$(link) $(quick_linker) -o $@ $(filter %.o,$^) $(library) $(libs) -lcmocka

# For check.sh.
list-unit-programs:
	@printf '%s\n' $(unit_programs:$(BUILD)/%=%)

$(tool_programs): %: %.o $(library)
	$(call say,LD,$@)
	$(Q)$(link) -o $@ $^ $(libs) -lm

$(preloads): $(BUILD)/%.so: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(compile) -fPIC -shared -o $@ $<

$(test_objects) $(preloads): | $(setup_check)
$(unit_objects): private of_units = $(unit_flags)
$(unit_tests:%.c=$(BUILD)/%.o): private of_units += $(unit_main)

# Fuzz targets: of the sanitizers' build, by clang.
fuzz_sources := $(sort $(wildcard tests/fuzz/*_fuzz.c))
fuzz_programs := $(fuzz_sources:%.c=$(BUILD)/%)
fuzz_objects := $(fuzz_programs:%=%.o)

ifdef SANITIZE
fuzzers: $(fuzz_programs)
else
fuzzers: $(setup_check)
	@+$(MAKE) --no-print-directory BUILD=$(BUILD)/sanitize SANITIZE=1 \
		CC=$(FUZZ_CC) fuzzers
endif

$(fuzz_programs): %: %.o $(library)
	$(call say,LD,$@)
	$(Q)$(link) $(quick_linker) -fsanitize=fuzzer -o $@ $^ $(libs)

$(fuzz_objects): | $(setup_check)

.SECONDARY:
-include $(objects:.o=.d) $(test_objects:.o=.d) $(fuzz_objects:.o=.d)

# ---------------------------------------------------------------- what to type

# What these targets build takes all CPUs, unless make was told how many.
make_all_cpus = $(MAKE) --no-print-directory \
	$(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc))

check = BUILD=$(BUILD) VARIANTS='$(VARIANTS)' MAKE=$(MAKE) FUZZ_CC=$(FUZZ_CC) tests/tools/check.sh

# The head of etc/demo.conf says what to try.
run: $(setup_build)
	@+$(make_all_cpus) all
	@sed -n '1,/^$$/s/^# \{0,1\}//p' etc/demo.conf
	@exec $(BUILD)/netlabd -f -c etc/demo.conf

# VARIANTS=plain: without the sanitizers' build.
VARIANTS ?= plain sanitize

check: $(setup_check)
	@+$(check) rooms requirements format unit bats fuzz

check-unit check-user check-bats check-rooms check-requirements check-fuzz: check-%: $(setup_check)
	@+$(check) $*

check-peers: $(setup_check) peers
	@+$(check) peers

# The packages, installed on machines that are booted for it: needs root.
check-package: $(setup_check)
	@BUILD=$(BUILD) tests/tools/peers.sh tests/package/packages.txt
	@+BUILD=$(BUILD) MAKE=$(MAKE) tests/package/run.sh

# What takes long and finds little that is new each time: workers that are killed and
# configurations that change under load (tests/verify/), and then random requests on
# 200 connections, every byte of each answer checked.
VERIFY_REQUESTS ?= 20000
VERIFY_SEED ?= 1

verify: $(setup_check)
	@+$(make_all_cpus) all $(BUILD)/tests/tools/storm_load
	BUILT=$(abspath $(BUILD)) bats tests/verify
	tests/tools/http_verify $(BUILD)/netlabd --requests $(VERIFY_REQUESTS) \
		--seed $(VERIFY_SEED)

# Malformed DNS messages, where nothing else is on the network.
FLOOD_COUNT ?= 10000000
FLOOD_SEED ?= 1

flood: $(setup_check)
	@+$(make_all_cpus) all $(BUILD)/tests/tools/dns_flood
	BUILT=$(abspath $(BUILD)) FLOOD_COUNT=$(FLOOD_COUNT) FLOOD_SEED=$(FLOOD_SEED) \
		unshare $(if $(filter 0,$(shell id -u)),-n,-rn) \
		sh -c 'ip link set lo up && exec bats tests/peers/dns_flood.bats'

peers:
	@BUILD=$(BUILD) tests/tools/peers.sh

bench: $(setup_check) peers
	@+$(make_all_cpus) all tests
	BUILD=$(BUILD) tests/bench/run.sh

# The client's output in README.md.
picture: $(setup_check)
	@+$(make_all_cpus) all
	tests/tools/picture $(BUILD)/netlabd >$(BUILD)/picture
	mv $(BUILD)/picture www/netlab-dns.svg

# Long runs, one target after the other; what they find is kept in the corpus
# of the build, to be looked at and then committed in small.
fuzz: $(setup_check)
	@+CFLAGS='-O1 -g1 -fno-omit-frame-pointer' FUZZ_SECONDS=$(FUZZ_SECONDS) $(check) fuzz

# gcc's analyzer takes several times as long as the compilation itself, so it
# has a build of its own, which CI runs.
analyze: $(setup_build)
	@+$(make_all_cpus) BUILD=$(BUILD)/analyze CC=gcc ANALYZE=1 WERROR=1 all

formatted = $(shell find daemon tests -name '*.[ch]' | sort)

format: $(setup_check)
	$(CLANG_FORMAT) -i $(formatted)

format-check: $(setup_check)
	@+CLANG_FORMAT=$(CLANG_FORMAT) $(check) format

# ------------------------------------------------------------------- install
# A configuration or zone that is there is the administrator's: it stays.

share := $(DESTDIR)$(PREFIX)/share
etc := $(DESTDIR)$(SYSCONFDIR)

install: all
	install -D -m 755 $(BUILD)/netlabd $(DESTDIR)$(PREFIX)/sbin/netlabd
	install -D -m 755 $(BUILD)/netlab $(DESTDIR)$(PREFIX)/bin/netlab
	install -d $(share)/netlabd/www $(etc)/netlabd/zones
	install -m 644 www/* $(share)/netlabd/www/
	install -D -m 644 README.md $(share)/doc/netlabd/README.md
	install -D -m 644 packaging/netlab.bash-completion \
		$(share)/bash-completion/completions/netlab
	install -D -m 644 packaging/netlabd.bash-completion \
		$(share)/bash-completion/completions/netlabd
	$(foreach page,$(wildcard daemon/*.8 daemon/*.5 daemon/client/*.1),install -D -m 644 $(page) \
		$(share)/man/man$(subst .,,$(suffix $(page)))/$(notdir $(page)) &&) :
	[ -e $(etc)/netlabd/zones/netlab.test.zone ] || \
		install -m 644 zones/netlab.test.zone $(etc)/netlabd/zones/
	[ -e $(etc)/netlabd.conf ] || \
		sed 's|/usr/share/netlabd|$(PREFIX)/share/netlabd|; s|/etc/netlabd/|$(SYSCONFDIR)/netlabd/|' \
		etc/netlabd.conf >$(etc)/netlabd.conf

# ------------------------------------------------------------------- package
# Of what git knows, as it stands in this folder, so that nothing that lies about
# is in it. Packages, their .changes and the build's log are left in $(BUILD)/deb.

deb := $(BUILD)/deb

deb: $(setup_build)
	@packaging/deb.sh $(deb)

clean:
	rm -rf $(BUILD)

help:
	@echo 'make               build build/netlabd and build/netlab'
	@echo 'make run           build it and start it here: http 10080, dns 10053, ntp 10123 …'
	@echo 'make check         every test that needs no other server'
	@echo 'make check-unit, check-bats, check-fuzz, check-rooms, check-requirements,'
	@echo '     format-check  one group of them'
	@echo 'make check-user    the unit tests as nobody, in a copy; as root'
	@echo 'make check-peers   tests beside other servers, which it installs (tests/peers.txt)'
	@echo 'make check-package the .deb on booted machines: install, upgrade, remove; as root'
	@echo 'make verify        kills and reloads under load; every byte of'
	@echo '                   VERIFY_REQUESTS=$(VERIFY_REQUESTS) HTTP answers'
	@echo 'make flood         FLOOD_COUNT=$(FLOOD_COUNT) malformed DNS messages'
	@echo 'make bench         the same load on netlabd and on its peers, as ratios'
	@echo 'make fuzz          every fuzz target for FUZZ_SECONDS=$(FUZZ_SECONDS)'
	@echo 'make picture       www/netlab-dns.svg again, of what netlab prints'
	@echo 'make setup         install what build and tests need (packaging/debian/control)'
	@echo 'make analyze       gcc -fanalyzer over daemon and client'
	@echo 'make format        clang-format over all C files'
	@echo 'make deb           the Debian packages, in $(deb)'
	@echo 'make install       DESTDIR=$(DESTDIR) PREFIX=$(PREFIX) SYSCONFDIR=$(SYSCONFDIR)'
	@echo 'make clean         remove $(BUILD)/'
	@echo 'Variables: CC CFLAGS CPPFLAGS LDFLAGS WERROR=1 SANITIZE=1 SETUP=no V=1'
