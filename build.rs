//! Builds again when a migration is added: the macro that reads the folder cannot tell cargo by itself.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
