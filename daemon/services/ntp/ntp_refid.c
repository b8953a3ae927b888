/* ntp_refid.c — reference ids in words. */
#include "services/ntp/ntp_refid.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct word {
	char text[5];
	const char *meaning;
};

/* RFC 5905 Figure 13, and NTSN: RFC 8915 §5.7. */
static const struct word kisses[] = {
    {"ACST", "the association belongs to a unicast server"},
    {"AUTH", "server authentication failed"},
    {"AUTO", "Autokey sequence failed"},
    {"BCST", "the association belongs to a broadcast server"},
    {"CRYP", "cryptographic authentication or identification failed"},
    {"DENY", "access denied by the server"},
    {"DROP", "lost peer in symmetric mode"},
    {"RSTR", "access denied due to local policy"},
    {"INIT", "not yet synchronised for the first time"},
    {"MCST", "the association belongs to a dynamically found server"},
    {"NKEY", "no key found"},
    {"NTSN", "the NTS cookie was not good"},
    {"RATE", "rate exceeded: ask less often"},
    {"RMOT", "alteration of association from a remote host"},
    {"STEP", "a step change in time has occurred"},
};

/* RFC 5905 Figure 12. */
static const struct word sources[] = {
    {"GOES", "Geosynchronous Orbit Environment Satellite"},
    {"GPS", "Global Positioning System"},
    {"GAL", "Galileo Positioning System"},
    {"PPS", "pulse per second"},
    {"IRIG", "Inter-Range Instrumentation Group"},
    {"WWVB", "low-frequency radio of Fort Collins, 60 kHz"},
    {"DCF", "low-frequency radio of Mainflingen, 77.5 kHz"},
    {"HBG", "low-frequency radio of Prangins, 75 kHz"},
    {"MSF", "low-frequency radio of Anthorn, 60 kHz"},
    {"JJY", "low-frequency radio of Fukushima and Saga"},
    {"LORC", "medium-frequency radio: LORAN C"},
    {"TDF", "medium-frequency radio of Allouis, 162 kHz"},
    {"CHU", "high-frequency radio of Ottawa"},
    {"WWV", "high-frequency radio of Fort Collins"},
    {"WWVH", "high-frequency radio of Kauai"},
    {"NIST", "telephone modem of NIST"},
    {"ACTS", "telephone modem of NIST"},
    {"USNO", "telephone modem of USNO"},
    {"PTB", "telephone modem of PTB"},
};

/* Its characters, with a NUL. */
static void
spell(uint32_t refid, char text[5])
{
	for (unsigned i = 0; i < 4; i++)
		text[i] = (char)(refid >> (24 - 8 * i) & 0xff);
	text[4] = '\0';
}

bool
ntp_refid_is_text(uint32_t refid)
{
	char text[5];
	size_t len = 0;

	spell(refid, text);
	while (len < 4 && text[len] > ' ' && text[len] <= '~')
		len++;
	for (size_t i = len; i < 4; i++)
		if (text[i] != '\0')
			return false;
	return len > 0;
}

const char *
ntp_refid_text(unsigned stratum, uint32_t refid, char text[NTP_REFID_TEXT_MAX])
{
	if (stratum <= 1 && ntp_refid_is_text(refid))
		spell(refid, text);
	else
		snprintf(text, NTP_REFID_TEXT_MAX, "%u.%u.%u.%u", refid >> 24,
		    refid >> 16 & 0xff, refid >> 8 & 0xff, refid & 0xff);
	return text;
}

static const char *
find(const struct word *words, size_t count, uint32_t refid)
{
	char text[5];

	spell(refid, text);
	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i].text, text) == 0)
			return words[i].meaning;
	return NULL;
}

const char *
ntp_refid_meaning(unsigned stratum, uint32_t refid)
{
	const char *meaning = NULL;

	if (refid == 0)
		return "none";
	if (stratum == 0)
		meaning =
		    find(kisses, sizeof(kisses) / sizeof(kisses[0]), refid);
	else if (stratum == 1)
		meaning =
		    find(sources, sizeof(sources) / sizeof(sources[0]), refid);
	if (meaning != NULL)
		return meaning;
	if (stratum == 0)
		return "a kiss code that RFC 5905 does not have";
	if (stratum == 1)
		return "a source that RFC 5905 does not have";
	/* ntpd's address for its driver of undisciplined clocks. */
	if (refid >> 8 == 0x7f7f01)
		return "the host's own clock";
	return "its own server: IPv4, or MD5 of IPv6";
}
