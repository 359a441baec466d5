package dev.lakehouse.sample.members;

import dev.lakehouse.sample.SeededRandom;
import java.util.Objects;

/** What happens to a member in life; each takes from another member what has become different. */
enum MemberEdit {
    MOVED {
        @Override
        Member apply(Member member, Member other, SeededRandom random) {
            return with(member, member.lastName(), member.email(), member.phoneNumber(), other);
        }
    },
    OTHER_PHONE {
        @Override
        Member apply(Member member, Member other, SeededRandom random) {
            return with(member, member.lastName(), member.email(), other.phoneNumber(), member);
        }
    },
    OTHER_EMAIL {
        @Override
        Member apply(Member member, Member other, SeededRandom random) {
            return with(
                    member, member.lastName(), email(member, member.lastName(), random), member.phoneNumber(), member);
        }
    },
    MARRIED {
        @Override
        Member apply(Member member, Member other, SeededRandom random) {
            String name = other.lastName();
            return with(member, name, email(member, name, random), member.phoneNumber(), member);
        }
    };

    private static final MemberEdit[] ALL = values();

    /** The member after one of these, different from before in one column at least, and with the same key. */
    static Member alter(Member member, MemberGenerator others, SeededRandom random) {
        MemberEdit alteration = ALL[random.below(ALL.length)];
        Member altered = member;
        while (Objects.equals(altered, member)) {
            altered = alteration.apply(member, others.member(random.below(others.rows())), random);
        }
        return altered;
    }

    abstract Member apply(Member member, Member other, SeededRandom random);

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
