/* master_refusal_program.c — programs that are found on the ports that we want.
 */
#include "master/master_refusal_program.h"

#include <stdbool.h>
#include <string.h>

/* Names of executables, users and units are Debian's. */
static const struct master_refusal_program programs[] = {
    {
        .name = "systemd-resolved",
        .user = "systemd-resolve",
        .unit = "systemd-resolved",
        .cure = "set DNSStubListener=no in /etc/systemd/resolved.conf and "
                "restart systemd-resolved",
        .ports = {53},
    },
    {.name = "dnsmasq", .unit = "dnsmasq", .ports = {53}},
    {.name = "dnsmasq", .user = "dnsmasq", .unit = "dnsmasq", .ports = {53}},
    {.name = "named", .unit = "named", .ports = {53}},
    {.name = "named", .user = "bind", .unit = "named", .ports = {53}},
    {.name = "unbound", .unit = "unbound", .ports = {53}},
    {.name = "unbound", .user = "unbound", .unit = "unbound", .ports = {53}},
    {.name = "nsd", .unit = "nsd", .ports = {53}},
    {.name = "nsd", .user = "nsd", .unit = "nsd", .ports = {53}},
    {.name = "knotd", .user = "knot", .unit = "knot", .ports = {53}},
    {.name = "pdns_server", .user = "pdns", .unit = "pdns", .ports = {53}},
    {.name = "nginx", .unit = "nginx", .ports = {80}},
    {.name = "apache2", .unit = "apache2", .ports = {80}},
    {.name = "lighttpd", .unit = "lighttpd", .ports = {80}},
    {.name = "caddy", .user = "caddy", .unit = "caddy", .ports = {80}},
    {.name = "haproxy", .unit = "haproxy", .ports = {80}},
    {.name = "chronyd", .unit = "chrony", .ports = {123}},
    {.name = "chronyd", .user = "_chrony", .unit = "chrony", .ports = {123}},
    {.name = "ntpd", .unit = "ntpsec", .ports = {123}},
    {.name = "ntpd", .user = "ntpsec", .unit = "ntpsec", .ports = {123}},
    {
        .name = "inetd",
        .unit = "inetd",
        .cure = "take its line out of /etc/inetd.conf and reload inetd",
        .ports = {7, 9, 13, 17, 19, 37},
    },
    {.name = "xinetd", .unit = "xinetd", .ports = {7, 9, 13, 17, 19, 37}},
    {.name = "netlabd", .user = "netlabd", .unit = "netlabd"},
    {
        .name = "systemd",
        .cure = "disable the .socket unit that systemctl list-sockets names",
    },
    {
        .name = "docker-proxy",
        .cure = "stop the container that docker ps names",
    },
};

enum { PROGRAM_COUNT = sizeof(programs) / sizeof(programs[0]) };

const struct master_refusal_program *
master_refusal_program_find(const char *name)
{
	for (size_t i = 0; i < PROGRAM_COUNT; i++)
		if (strcmp(programs[i].name, name) == 0)
			return &programs[i];
	return NULL;
}

static bool
is_usual(const struct master_refusal_program *program, uint16_t port)
{
	for (size_t i = 0; i < MASTER_REFUSAL_PROGRAM_PORTS; i++)
		if (program->ports[i] == port)
			return true;
	return false;
}

static bool
is_users(const struct master_refusal_program *program, const char *user)
{
	return program->user != NULL && user != NULL &&
	       strcmp(program->user, user) == 0;
}

size_t
master_refusal_program_guess(const char *user, uint16_t port,
    const struct master_refusal_program *out[MASTER_REFUSAL_PROGRAM_GUESSES])
{
	bool is_root = user == NULL || strcmp(user, "root") == 0;
	size_t count = 0;

	for (size_t i = 0; i < PROGRAM_COUNT; i++)
		if (count < MASTER_REFUSAL_PROGRAM_GUESSES &&
		    (is_users(&programs[i], user) ||
		        (is_root && programs[i].user == NULL &&
		            is_usual(&programs[i], port))))
			out[count++] = &programs[i];
	return count;
}
