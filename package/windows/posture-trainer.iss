; Inno Setup 6: iscc /DVersion=0.1.0 package\windows\posture-trainer.iss, after scripts\package.py
#ifndef Version
  #define Version "0.0.0"
#endif
[Setup]
AppId={{6E0C0D0C-6C0B-4B63-9D0A-0B4C8E0C5F51}
AppName=Posture trainer
AppVersion={#Version}
AppPublisher=posture_trainer
DefaultDirName={autopf}\Posture trainer
DefaultGroupName=Posture trainer
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\dist\posture-trainer\LICENSE.txt
SetupIconFile=..\build\icon.ico
UninstallDisplayIcon={app}\posture-trainer.exe
OutputDir=..\..\dist
OutputBaseFilename=posture-trainer-{#Version}-setup
Compression=lzma2/max
SolidCompression=yes
[Files]
Source: "..\..\dist\posture-trainer\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion
[Icons]
Name: "{group}\Posture trainer"; Filename: "{app}\posture-trainer.exe"; Parameters: "home"
Name: "{autodesktop}\Posture trainer"; Filename: "{app}\posture-trainer.exe"; Parameters: "home"; Tasks: desktop
[Tasks]
Name: desktop; Description: "An icon on the desktop"
; Records lie in the user's own folder, and stay when the program is removed.
