package dev.lakehouse.sample.members;

import dev.lakehouse.sample.SeededRandom;
import java.util.Objects;

/** What happens to a member in life; each takes from another member what has become different. */
enum MemberEdit {
    MOVED((member, other, random) -> with(member, member.lastName(), member.email(), member.phoneNumber(), other)),
    OTHER_PHONE(
            (member, other, random) -> with(member, member.lastName(), member.email(), other.phoneNumber(), member)),
    OTHER_EMAIL((member, other, random) ->
            with(member, member.lastName(), email(member, member.lastName(), random), member.phoneNumber(), member)),
    MARRIED((member, other, random) -> {
        String name = other.lastName();
        return with(member, name, email(member, name, random), member.phoneNumber(), member);
    });

    /** The member afterwards. */
    private interface Change {
        Member of(Member member, Member other, SeededRandom random);
    }

    private static final MemberEdit[] ALL = values();

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final Change change;

    MemberEdit(Change change) {
        this.change = change;
    }

    /** The member after one of these, different from before in one column at least, and with the same key. */
    static Member alter(Member member, MemberGenerator others, SeededRandom random) {
        MemberEdit alteration = ALL[random.below(ALL.length)];
        Member altered = member;
        while (Objects.equals(altered, member)) {
            altered = alteration.change.of(member, others.member(random.below(others.rows())), random);
        }
        return altered;
    }

    private static String email(Member member, String lastName, SeededRandom random) {
        return Email.of(Email.mailbox(member.firstName()), Email.mailbox(lastName), random);
    }

    private static Member with(Member member, String lastName, String email, String phone, Member home) {
        return new Member(
                member.memberId(),
                member.firstName(),
                lastName,
                email,
                phone,
                home.address(),
                home.city(),
                home.country(),
                member.registrationDate());
    }
}
