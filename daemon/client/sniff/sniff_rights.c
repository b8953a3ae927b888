/* sniff_rights.c — the rights that a capture is opened with, given up. */
#include "client/sniff/sniff_rights.h"

#include "client/complain.h"
#include "client/verb.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	NOBODY = 65534, /* where the user database has no such name */
	NUMBER_BASE = 10,
};

/* The number in the environment's NAME, above 0. */
static bool
read_id(const char *name, unsigned *id)
{
	const char *text = getenv(name);
	char *end;

	if (text == NULL || *text < '0' || *text > '9')
		return false;
	unsigned long number = strtoul(text, &end, NUMBER_BASE);

	*id = (unsigned)number;
	return *end == '\0' && number > 0 && number < NOBODY;
}

struct sniff_rights
sniff_rights_plan(void)
{
	struct sniff_rights rights = {
	    .is_root = geteuid() == 0,
	    .uid = getuid(),
	    .gid = getgid(),
	};

	if (!rights.is_root || rights.uid != 0)
		return rights;
	if (read_id("SUDO_UID", &rights.uid) &&
	    read_id("SUDO_GID", &rights.gid))
		return rights;
	const struct passwd *nobody = getpwnam("nobody");

	rights.is_nobody = true;
	rights.uid = nobody == NULL ? NOBODY : nobody->pw_uid;
	rights.gid = nobody == NULL ? NOBODY : nobody->pw_gid;
	return rights;
}

static bool
change_user(const struct sniff_rights *rights)
{
	return setgroups(0, NULL) == 0 &&
	       setresgid(rights->gid, rights->gid, rights->gid) == 0 &&
	       setresuid(rights->uid, rights->uid, rights->uid) == 0;
}

static bool
drop_capabilities(void)
{
	struct __user_cap_header_struct header = {
	    .version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};

	/* Not known to kernels before 4.3, which have no such set. */
	(void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	return syscall(SYS_capset, &header, none) == 0 &&
	       prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

static bool
has_capabilities(void)
{
	struct __user_cap_header_struct header = {
	    .version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct held[_LINUX_CAPABILITY_U32S_3] = {0};

	if (syscall(SYS_capget, &header, held) != 0)
		return true;
	for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; i++)
		if ((held[i].effective | held[i].permitted |
		        held[i].inheritable) != 0)
			return true;
	return false;
}

int
sniff_rights_drop(const struct sniff_rights *rights)
{
	bool is_changed = rights->is_root && change_user(rights);

	/* EINVAL: no such user in this user namespace. EPERM: no right to
	 * change, as in a container; it has what follows to lose. */
	if (rights->is_root && !is_changed && errno != EINVAL && errno != EPERM)
		return complain(VERB_MALFORMED, "become user %u: %s",
		    rights->uid, strerror(errno));
	if (!drop_capabilities())
		return complain(VERB_MALFORMED, "give up capabilities: %s",
		    strerror(errno));
	if (has_capabilities() || (is_changed && setuid(0) == 0))
		return complain(VERB_MALFORMED,
		    "the rights to capture could not be given up");
	return VERB_GOOD;
}
